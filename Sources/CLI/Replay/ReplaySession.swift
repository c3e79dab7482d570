import Messaging
import ServiceRuntime
import Storage

/// One replay from its beginning to what was the end of the stream when it began.
struct ReplaySession {
    /// Without a first entry for so long there is none at or after the moment asked for.
    private static let quiet = Duration.seconds(5)
    /// Without a next entry for so long the broker is in trouble.
    private static let patience = Duration.seconds(60)

    let configuration: RabbitMQConfiguration
    let start: RatingLogStart
    /// An earlier end than that of the stream.
    var lastOffset: Int?
    let replay: RatingReplay

    struct Summary {
        var counts = RatingReplay.Counts()
        /// The last entry that was dealt with.
        var lastOffset: Int?
    }

    func run() async throws(CommandFailure) -> Summary {
        let last: Int
        do throws(MessagingError) {
            guard let end = try await RatingLog.lastEntry(in: configuration) else { return Summary() }
            last = min(end.offset, lastOffset ?? .max)
        } catch {
            throw CommandFailure(error, at: configuration)
        }
        if case .offset(let first) = start, first > last { return Summary() }
        return try await read(through: last)
    }

    private func read(through last: Int) async throws(CommandFailure) -> Summary {
        var summary = Summary()
        var first: Int?
        var progress = ProgressDisplay(label: replay.isDryRun ? "Reading" : "Replaying")
        defer { progress.end() }
        let log = RatingLog(configuration, from: start, logger: Settings.silentLogger).makeAsyncIterator()
        while summary.lastOffset ?? -1 < last {
            guard let batch = try await next(of: log, within: first == nil ? Self.quiet : Self.patience) else {
                if first == nil { return summary }
                throw failure("RabbitMQ stopped delivering", after: summary)
            }
            let entries = batch.filter { $0.offset <= last }
            do throws(StorageError) { summary.counts = summary.counts + (try await replay.apply(entries)) } catch {
                throw failure("Redis: \(error.message)", after: summary)
            }
            let begin = first ?? batch.first?.offset ?? 0
            first = begin
            summary.lastOffset = batch.last?.offset
            progress.update(fraction: Double((summary.lastOffset ?? 0) - begin + 1) / Double(max(1, last - begin + 1)))
        }
        summary.lastOffset = min(last, summary.lastOffset ?? last)
        return summary
    }

    /// nil when nothing came in time.
    private func next(
        of log: RatingLog.Iterator, within limit: Duration
    ) async throws(CommandFailure) -> [RatingLogEntry]? {
        do throws(MessagingError) { return try await log.next(within: limit) } catch {
            throw CommandFailure(error, at: configuration)
        }
    }

    private func failure(_ reason: String, after summary: Summary) -> CommandFailure {
        let done = summary.counts.read.grouped
        let place = summary.lastOffset.map { "\($0 + 1)" }
        return CommandFailure(
            .failure, "\(reason); \(done) entries were replayed before",
            advice: place.map { "Go on from there with --since \($0)." } ?? "Try again once it answers.")
    }
}

extension ReplaySession.Summary {
    func text(isDryRun: Bool) -> String {
        guard counts.read > 0 else { return "There is nothing to replay." }
        var parts = [
            "\(counts.applied.grouped) \(isDryRun ? "would be applied" : "applied")",
            "\(counts.alreadyKnown.grouped) already known",
        ]
        if counts.refused > 0 {
            parts.append("\(counts.refused.grouped) refused, since their users have too many or were removed")
        }
        var text = "Read \(counts.read.grouped) entries with \(counts.ratings.grouped) ratings: \(parts.joined(separator: ", "))."
        if counts.removed > 0 { text += "\nUsers who have left: \(counts.removed.grouped)." }
        if counts.undecodable > 0 { text += "\n\(counts.undecodable.grouped) entries are no ratings and were passed over." }
        if let lastOffset { text += "\nThe last entry was \(lastOffset)." }
        return text
    }

    var json: JSON {
        [
            "read": .integer(counts.read), "ratings": .integer(counts.ratings), "applied": .integer(counts.applied),
            "alreadyKnown": .integer(counts.alreadyKnown), "refused": .integer(counts.refused),
            "removed": .integer(counts.removed), "undecodable": .integer(counts.undecodable), "lastOffset": .optional(lastOffset),
        ]
    }
}
