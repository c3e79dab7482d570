import Recommenders
import ServiceRuntime

/// Whether the ratings file is there and sound.
enum RatingsFileCheck {
    static let version = Check.ok("kindred", kindredVersion)

    static func run(path: String) -> Check {
        do {
            let dataset = try RatingsFileReader.read(path)
            return .ok(
                "ratings file",
                """
                \(path): \(dataset.name), \(dataset.users.count.grouped) users, \(dataset.items.count.grouped) items, \
                \(dataset.ratings.ratingCount.grouped) ratings
                """)
        } catch {
            let failure = CommandFailure(error)
            return .fail("ratings file", "\(path): \(failure.message)", advice: failure.advice ?? "")
        }
    }
}
