import Messaging

/// Reads what was said since a ratings file was made, to what was the end of the log when it began.
struct CompactionSession {
    /// Without a next entry for so long the broker is in trouble.
    private static let patience = Duration.seconds(30)

    let configuration: RabbitMQConfiguration
    /// The first entry that is not in the file; nil for the oldest that is kept.
    let start: Int64?
    /// Whether entries may be gone that are not in the file.
    let allowsGap: Bool

    struct Summary: Equatable {
        /// Jobs and other messages that were read.
        var entries = 0
        /// Of these, those that are none of ours.
        var undecodable = 0
        /// Messages that were gone already.
        var missing: Int64 = 0
        /// The first entry that was not read; nil when there was nothing new.
        var nextOffset: Int64?
    }

    /// - Parameter take: gets what was said, in the order of the log.
    /// - Throws: also what `take` throws.
    func run(_ take: (RatingLogEntry) throws -> Void) async throws -> Summary {
        do {
            guard let last = try await RatingLog.lastEntry(in: configuration)?.offset else { return try empty() }
            guard try hasNews(last: Int64(last)) else { return Summary() }
            return try await read(through: Int64(last), take)
        } catch let error as MessagingError {
            throw CommandFailure(error, at: configuration)
        }
    }

    private func empty() throws(CommandFailure) -> Summary {
        guard let start, start > 0, !allowsGap else { return Summary() }
        throw Self.otherLog(start: start, end: 0)
    }

    /// - Parameter last: the newest entry.
    func hasNews(last: Int64) throws(CommandFailure) -> Bool {
        guard let start, start > last else { return true }
        guard start > last + 1 else { return false }
        guard allowsGap else { throw Self.otherLog(start: start, end: last + 1) }
        return false
    }

    private func read(through last: Int64, _ take: (RatingLogEntry) throws -> Void) async throws -> Summary {
        var summary = Summary()
        var progress = ProgressDisplay(label: "Reading")
        defer { progress.end() }
        let from = start.map { RatingLogStart.offset(Int($0)) } ?? .first
        let log = RatingLog(configuration, from: from, logger: Settings.silentLogger).makeAsyncIterator()
        var first: Int64?
        while summary.nextOffset ?? 0 <= last {
            guard let batch = try await log.next(within: Self.patience), let begin = batch.first?.offset else {
                throw CommandFailure(
                    .failure, "RabbitMQ stopped delivering", advice: "The ratings file is as it was. Try again once it answers.")
            }
            if first == nil { summary.missing = try gap(before: Int64(begin)) }
            first = first ?? Int64(begin)
            try Self.take(batch, through: last, &summary, take)
            let done = (summary.nextOffset ?? 0) - (first ?? 0)
            progress.update(fraction: Double(done) / Double(max(1, last - (first ?? 0) + 1)))
        }
        return summary
    }

    /// What jobs of one message said has one offset, and comes in one batch.
    static func take(
        _ batch: [RatingLogEntry], through last: Int64, _ summary: inout Summary, _ take: (RatingLogEntry) throws -> Void
    ) throws {
        for entry in batch where Int64(entry.offset) <= last {
            summary.entries += 1
            summary.nextOffset = Int64(entry.offset) + 1
            if entry.ratings == nil, entry.removedUser == nil { summary.undecodable += 1 } else { try take(entry) }
        }
        // A later one says that all up to the last are read.
        if let end = batch.last?.offset, Int64(end) > last { summary.nextOffset = last + 1 }
    }

    /// How many entries were gone before the first that is kept.
    func gap(before first: Int64) throws(CommandFailure) -> Int64 {
        guard let start, first > start else { return 0 }
        guard allowsGap else {
            throw CommandFailure(
                .failure, "\((Int(first - start)).grouped) entries of the log are gone that are not in the ratings file",
                advice: """
                    They are in Redis for those who said them, but others will not learn from them: go on with --allow-gap, and compact more \
                    often or keep the log longer (RABBITMQ_LOG_RETENTION, RABBITMQ_LOG_BYTE_COUNT).
                    """)
        }
        return first - start
    }

    private static func otherLog(start: Int64, end: Int64) -> CommandFailure {
        CommandFailure(
            .failure, "the ratings file goes on at \(start) of the log, which ends at \(end): it is another log",
            advice: "If somebody deleted the log, and a new one began, fold in all of that with --from first.")
    }
}
