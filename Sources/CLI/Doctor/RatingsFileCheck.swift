import Foundation
import Recommenders
import ServiceRuntime

/// Whether the ratings file is there and sound.
enum RatingsFileCheck {
    static let version = Check.ok("kindred", kindredVersion)

    /// - Parameter generation: its number, where it is one.
    static func run(path: String, generation: Int? = nil) -> Check {
        do {
            let dataset = try RatingsFileReader.read(path)
            return .ok(
                "ratings file",
                """
                \(path)\(generation.map { " (generation \($0))" } ?? ""), written \(moment(path)): \(dataset.name), \(dataset.users.count.grouped) users, \(dataset.items.count.grouped) items, \
                \(dataset.ratings.ratingCount.grouped) ratings
                """)
        } catch {
            let failure = CommandFailure(error)
            return .fail("ratings file", "\(path): \(failure.message)", advice: failure.advice ?? "")
        }
    }

    private static func moment(_ path: String) -> String {
        let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        let date = (try? FileManager.default.attributesOfItem(atPath: target))?[.modificationDate] as? Date
        return date.map { Timestamp(milliseconds: Int64($0.timeIntervalSince1970 * 1000)).iso8601 } ?? "at an unknown time"
    }
}
