import Synchronization

/// A stream of ratings that lies in memory, and can be taken away for a while.
package final class InMemoryRatingLog: RatingLogSource {
    private struct State {
        var entries: [RatingLogEntry] = []
        var trouble: MessagingError?
        var feeds: [Feed] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// How many feeds somebody reads from.
    package var feedCount: Int { state.withLock { $0.feeds.count { !$0.isOver } } }

    /// Writes the next entries; their offsets are taken as they are.
    package func append(_ entries: [RatingLogEntry]) {
        state.withLock { state in
            state.entries += entries
            guard state.trouble == nil else { return }
            for feed in state.feeds { feed.offer(entries) }
        }
    }

    /// Nothing comes any more, or everything does again; whoever reads is told what only a person can mend.
    package func set(trouble: MessagingError?) {
        state.withLock { state in
            let missed = state.trouble != nil && trouble == nil
            state.trouble = trouble
            for feed in state.feeds {
                if let trouble, trouble.code.needsPerson { feed.buffer.fail(trouble) }
                if missed { feed.offer(state.entries) }
            }
        }
    }

    package func lastOffset() async throws(MessagingError) -> Int? { state.withLock { $0.entries.last?.offset } }

    package func feed(from start: RatingLogStart) -> any RatingLogFeed {
        state.withLock { state in
            let feed = Feed(log: self, start: start)
            state.feeds.append(feed)
            if state.trouble == nil { feed.offer(state.entries) }
            return feed
        }
    }

    private final class Feed: RatingLogFeed {
        let buffer = RatingLogBuffer()
        private let log: InMemoryRatingLog
        private let place: Mutex<(next: Int, isOver: Bool)>

        init(log: InMemoryRatingLog, start: RatingLogStart) {
            self.log = log
            place = if case .offset(let offset) = start { Mutex((offset, false)) } else { Mutex((0, false)) }
        }

        var isOver: Bool { place.withLock(\.isOver) }

        var trouble: MessagingError? { log.state.withLock(\.trouble) }

        /// Takes those that have not come before.
        func offer(_ entries: [RatingLogEntry]) {
            let new = place.withLock { place in
                let new = entries.filter { $0.offset >= place.next }
                if let last = new.last { place.next = last.offset + 1 }
                return new
            }
            buffer.offer(new)
        }

        func next() async throws(MessagingError) -> [RatingLogEntry]? {
            let entries = try await buffer.next().get()
            if entries == nil { place.withLock { $0.isOver = true } }
            return entries
        }
    }
}
