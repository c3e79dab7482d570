import Messaging
import Recommenders
import ServiceRuntime
import Synchronization

/// Keeps an overlay up to date with what users say, from when it is told to begin until nobody holds it any more.
final class LiveFollower: Sendable {
    /// How far it has come.
    struct Progress: Sendable {
        /// All entries before this one have been learnt; nil before the first has come.
        var next: Int?
        /// When the last of them was said.
        var moment: Timestamp?
        /// The newest entry that is known to be in the log.
        var end: Int?
        /// Entries that were gone from the log before they could be learnt.
        var missing = 0

    }

    /// So many words are learnt at once. More cost less each, but keep a thread from the jobs for longer.
    private static let stepLength = 200
    /// What comes meanwhile is learnt together: a word by itself costs ten times as much as one of a hundred.
    private static let gatheringTime = Duration.milliseconds(100)

    let overlay: LiveRatings
    /// The first entry that is not in the ratings file; nil where that is not known.
    let start: Int?
    private let pace: Int
    private let metrics: LiveMetrics
    private let state = Mutex<(progress: Progress, feed: (any RatingLogFeed)?, task: Task<Void, Never>?)>((Progress(), nil, nil))

    /// - Parameter pace: so many words are learnt in a second at most.
    init(_ overlay: LiveRatings, pace: Int, metrics: LiveMetrics) {
        self.overlay = overlay
        self.start = overlay.dataset.logOffset.map { Int($0) }
        self.pace = pace
        self.metrics = metrics
    }

    deinit { state.withLock(\.task)?.cancel() }

    var progress: Progress { state.withLock(\.progress) }

    /// All entries before this one are in the ratings file or have been learnt.
    var position: Int { progress.next ?? start ?? 0 }

    /// How many entries are known to be there that have not been learnt.
    var behind: Int { progress.end.map { max(0, $0 + 1 - position) } ?? 0 }

    /// How old what was said may be at most that has not been learnt.
    ///
    /// - Parameter outage: how long the log could not be read.
    func lag(unreadFor outage: Duration, at now: Timestamp = .now) -> Duration {
        guard behind > 0, let moment = progress.moment else { return outage }
        return max(now.since(moment), outage)
    }

    /// Why it can learn nothing at present; nil when it can.
    var trouble: MessagingError? { state.withLock(\.feed)?.trouble }

    var hasBegun: Bool { state.withLock { $0.task != nil } }

    /// Begins to read; the second time nothing happens.
    func begin(reading log: any RatingLogSource) {
        state.withLock { state in
            guard state.task == nil else { return }
            let feed = log.feed(from: start.map { .offset($0) } ?? .first)
            state.feed = feed
            // Whoever lets go of this must not find it held by its own task.
            state.task = Task { [weak self] in
                await withDiscardingTaskGroup { group in
                    group.addTask {
                        guard let end = try? await log.lastOffset() else { return }
                        self?.state.withLock { $0.progress.end = max($0.progress.end ?? 0, end) }
                    }
                    // Until it says itself that it is over: whoever is cancelled between two batches asks once more.
                    while true {
                        do {
                            guard let batch = try await feed.next() else { return }
                            await self?.learn(batch)
                        } catch {
                            continue
                        }
                    }
                }
            }
        }
    }

    func end() { state.withLock(\.task)?.cancel() }

    /// In small steps and with pauses, since there may be a million of them.
    private func learn(_ entries: [RatingLogEntry]) async {
        guard let first = entries.first, let last = entries.last else { return }
        state.withLock { state in
            state.progress.end = max(state.progress.end ?? 0, last.offset)
            if state.progress.next == nil, let start { state.progress.missing = max(0, first.offset - start) }
        }
        var words: [LiveWord] = []
        for entry in entries {
            words += entry.words
            guard words.count >= Self.stepLength else { continue }
            // Others of the same message may follow.
            await step(&words, next: entry.offset, said: entry.moment)
        }
        await step(&words, next: last.offset + 1, said: entries.lazy.compactMap(\.moment).last)
    }

    private func step(_ words: inout [LiveWord], next: Int, said moment: Timestamp?) async {
        overlay.apply(words)
        state.withLock { state in
            state.progress.next = next
            state.progress.moment = moment ?? state.progress.moment
        }
        if words.count >= Self.stepLength {
            try? await Task.sleep(for: .seconds(1) * Double(words.count) / Double(pace))
        } else {
            if let moment { metrics.learnt(after: Timestamp.now.since(moment)) }
            try? await Task.sleep(for: Self.gatheringTime)
        }
        words.removeAll(keepingCapacity: true)
    }
}

extension RatingLogEntry {
    /// As an overlay learns them.
    fileprivate var words: [LiveWord] {
        if let removedUser { return [.removed(removedUser)] }
        guard let ratings else { return [] }
        return ratings.updates.map { .said(ratings.user, $0) }
    }
}
