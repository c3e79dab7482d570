import Synchronization

/// Ratings given since a ratings file was written, laid over it, for everybody's recommendations.
///
/// Whoever asks gets a `LiveState`, which never changes, so that no query sees half of a batch, none waits for a writer and no writer for
/// a query. Batches are applied one after the other, by any thread.
package final class LiveRatings: Sendable {
    package let dataset: Dataset
    package let limits: LiveLimits
    private let published: Mutex<LiveState>

    package init(over dataset: Dataset, limits: LiveLimits = LiveLimits()) {
        self.dataset = dataset
        self.limits = limits
        published = Mutex(LiveState(over: dataset))
    }

    /// Takes in what was said: all of it at once, as far as those are concerned who ask.
    ///
    /// Words may come in any order and any number of times, and end in what a compaction would make of them: of a user's words on an item the
    /// one with the greatest version holds, and replaces the file's rating unless that is later; of removed users nothing remains. Only new
    /// users and items are numbered in the order in which they first come.
    package func apply(_ words: [LiveWord]) {}

    /// The ratings as they are now. Keep it for as long as one answer takes, not longer, since it holds on to what it shows.
    package var state: LiveState { published.withLock { $0 } }

    package var size: LiveSize { state.size }

    /// Lends the ratings as they are now to `body`, for which they stay as they are however long it takes.
    package func reading<Result, Failure>(_ body: (LiveState) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(state)
    }
}
