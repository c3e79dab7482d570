import ArgumentParser
import Messaging
import ServiceRuntime

/// `first`, an offset, or a moment.
enum ReplayStart: ExpressibleByArgument, Equatable {
    case first
    case offset(Int)
    case moment(MomentArgument)

    init?(argument: String) {
        if argument == "first" {
            self = .first
        } else if let offset = Int(argument), offset >= 0 {
            self = .offset(offset)
        } else if let moment = MomentArgument(argument: argument) {
            self = .moment(moment)
        } else {
            return nil
        }
    }

    var place: RatingLogStart {
        switch self {
        case .first: .first
        case .offset(let offset): .offset(offset)
        case .moment(let moment): .moment(moment.timestamp())
        }
    }
}
