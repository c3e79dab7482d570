import ArgumentParser
import Foundation
import ServiceRuntime

/// A moment as it is given on the command line: `15m` (ago; s, m, h or d), or `2026-11-23T10:00:00Z`.
enum MomentArgument: ExpressibleByArgument, Equatable {
    case ago(Duration)
    case at(Timestamp)

    init?(argument: String) {
        if let moment = Self.moment(argument) {
            self = .at(moment)
        } else if let duration = Self.duration(argument) {
            self = .ago(duration)
        } else {
            return nil
        }
    }

    func timestamp(now: Timestamp = .now) -> Timestamp {
        switch self {
        case .at(let moment): moment
        case .ago(let duration): Timestamp(milliseconds: now.milliseconds - duration.components.seconds * 1000)
        }
    }

    private static func duration(_ text: String) -> Duration? {
        let seconds: Int64
        switch text.last {
        case "s": seconds = 1
        case "m": seconds = 60
        case "h": seconds = 3600
        case "d": seconds = 86_400
        default: return nil
        }
        // A hundred years are enough, and keep the sum far from any overflow.
        guard let count = Int64(text.dropLast()), 0...3_155_760_000 ~= count, count * seconds <= 3_155_760_000 else { return nil }
        return .seconds(count * seconds)
    }

    private static func moment(_ text: String) -> Timestamp? {
        for hasFraction in [false, true] {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction)
            guard let date = try? Date(text, strategy: style) else { continue }
            return Timestamp(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        return nil
    }
}
