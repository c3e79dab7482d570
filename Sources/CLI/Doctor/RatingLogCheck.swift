import Configuration
import Messaging
import Recommenders
import ServiceRuntime

/// Whether the log still has all that is not in the ratings file, and for how long.
enum RatingLogCheck {
    private static let name = "ratings log"

    /// What is not in the file yet, as the log has it.
    struct Pending {
        /// The newest entry of all.
        let last: Int64
        /// The first that is kept of those that are not in the file, and when it was said; nil when there are none.
        let next: (offset: Int64, moment: Timestamp?)?
    }

    static func run(ratings: String, reading config: ConfigReader) async -> [Check] {
        // What is wrong with these is told elsewhere.
        guard let dataset = try? RatingsFileReader.read(ratings), let configuration = try? RabbitMQConfiguration(reading: config)
        else { return [] }
        do throws(MessagingError) {
            guard let found = try await pending(after: dataset.logOffset, configuration) else { return [] }
            let retention = configuration.logRetentionTime
            return [judge(found, logOffset: dataset.logOffset, retention: retention, text: configuration.logRetention)]
        } catch {
            guard error.code == .accessRefused || error.code == .timedOut else { return [] }
            return [.warn(name, error.message, advice: "Let this user read the stream ratings.log: docs/rabbitmq.md says how.")]
        }
    }

    /// - Returns: nil when the log is empty.
    private static func pending(after offset: Int64?, _ configuration: RabbitMQConfiguration) async throws(MessagingError)
        -> Pending?
    {
        guard let last = try await RatingLog.lastEntry(in: configuration)?.offset else { return nil }
        if let offset, offset > Int64(last) { return Pending(last: Int64(last), next: nil) }
        let log = RatingLog(configuration, from: offset.map { .offset(Int($0)) } ?? .first, logger: Settings.silentLogger)
        guard let batch = try await log.makeAsyncIterator().next(within: .seconds(30)) else {
            throw MessagingError(.timedOut, "the log does not answer")
        }
        return Pending(last: Int64(last), next: batch.first.map { (Int64($0.offset), batch.lazy.compactMap(\.moment).first) })
    }

    static func judge(
        _ pending: Pending, logOffset: Int64?, retention: Duration?, text: String, now: Timestamp = .now
    ) -> Check {
        if let logOffset, logOffset > pending.last + 1 {
            return .fail(
                name, "the ratings file goes on at \(logOffset), the log ends at \(pending.last): it is another log",
                advice: "If somebody deleted the log, fold in the new one with: kindred compact --from first")
        }
        guard let next = pending.next else { return .ok(name, "all of it is in the ratings file") }
        if let logOffset, next.offset > logOffset {
            return .fail(
                name, "\(Int(next.offset - logOffset).grouped) entries are gone that are not in the ratings file",
                advice: "Go on with: kindred compact --allow-gap. Then compact more often, or raise RABBITMQ_LOG_RETENTION.")
        }
        let age = next.moment.map { now.since($0) } ?? .zero
        let detail = """
            \(Int(pending.last - next.offset + 1).grouped) messages are not in the ratings file, the oldest \(Self.text(of: age)) old; \
            kept for \(text)
            """
        guard let retention, age > retention / 2 else { return .ok(name, detail) }
        return .warn(name, detail, advice: "Fold them in before they are forgotten: kindred compact")
    }

    private static func text(of age: Duration) -> String {
        let seconds = Int(age.components.seconds)
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7200 { return "\(seconds / 60) min" }
        return seconds < 172_800 ? "\(seconds / 3600) h" : "\(seconds / 86_400) days"
    }
}
