import Synchronization

/// Ratings given since a ratings file was written, laid over it, for everybody's recommendations.
///
/// Whoever asks gets a `LiveState`, which never changes, so that no query sees half of a batch, none waits for a writer and no writer for
/// a query. Batches are applied one after the other, by any thread.
package final class LiveRatings: Sendable {
    package let dataset: Dataset
    package let limits: LiveLimits
    private let users: LiveVocabulary<UserID>
    private let items: LiveVocabulary<ItemID>
    /// What the next batch is applied to.
    private let working: Mutex<LiveTables>
    private let published: Mutex<LiveState>

    package init(over dataset: Dataset, limits: LiveLimits = LiveLimits()) {
        self.dataset = dataset
        self.limits = limits
        users = LiveVocabulary(dataset.users)
        items = LiveVocabulary(dataset.items)
        let tables = LiveTables(over: dataset)
        working = Mutex(tables)
        published = Mutex(LiveState(dataset, tables, users, items))
    }

    /// Takes in what was said: all of it at once, as far as those are concerned who ask.
    ///
    /// Words may come in any order and any number of times, and end in what a compaction would make of them: of a user's words on an item the
    /// one with the greatest version holds, and replaces the file's rating unless that is later; of removed users nothing remains. Only new
    /// users and items are numbered in the order in which they first come.
    ///
    /// - Complexity: O(n log n), and what the rows and columns concerned hold of earlier words. Large batches cost less for each word.
    package func apply(_ words: [LiveWord]) {
        guard !words.isEmpty else { return }
        working.withLock { tables in
            var said: [RatingWord] = []
            said.reserveCapacity(words.count)
            var removed: [UInt32] = []
            var refused = 0
            for word in words {
                switch word {
                case .said(let id, let update):
                    // Both are numbered before anything is refused, as whoever comes next finds them numbered.
                    let user = users.number(adding: id, below: dataset.users.count + limits.users)
                    let item = items.number(adding: update.item, below: dataset.items.count + limits.items)
                    if let user, let item {
                        said.append(RatingWord(update, user: user, item: item, on: dataset.scale))
                    } else {
                        refused += 1
                    }
                case .removed(let id):
                    if let user = users.number(adding: id, below: dataset.users.count + limits.users) {
                        removed.append(user)
                    } else {
                        refused += 1
                    }
                }
            }
            said.sort()
            tables.apply(
                said, without: removed, userCount: users.count, itemCount: items.count, limits: limits, refused: refused)
            publish(tables)
        }
    }

    private func publish(_ tables: LiveTables) {
        let state = LiveState(dataset, tables, users, items)
        let old = published.withLock { published in
            let old = published
            published = state
            return old
        }
        // Given back outside the lock, as it may be long.
        withExtendedLifetime(old) {}
    }

    /// The ratings as they are now. Keep it for as long as one answer takes, not longer, since it holds on to what it shows.
    package var state: LiveState { published.withLock { $0 } }

    package var size: LiveSize { state.size }

    /// Lends the ratings as they are now to `body`, for which they stay as they are however long it takes.
    package func reading<Result, Failure>(_ body: (LiveState) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(state)
    }

    /// From now on has the powers at hand that would otherwise have to be worked out for every query.
    ///
    /// - Parameters:
    ///   - lengths: by exponent the powers of the lengths of the file's users.
    ///   - popularity: by exponent the powers of the numbers of ratings of the file's items.
    func track(lengths: [Double: FlatArray<Double>], popularity: [Double: FlatArray<Double>]) {
        working.withLock { tables in
            for (exponent, powers) in lengths { tables.track(lengths: powers, exponent: exponent) }
            for (exponent, powers) in popularity { tables.track(popularity: powers, exponent: exponent) }
            publish(tables)
        }
    }
}
