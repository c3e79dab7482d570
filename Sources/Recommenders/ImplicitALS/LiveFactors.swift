import Synchronization

/// A model's factors as live ratings change them: worked out by one at a time, in the background, and read by any number of queries, which
/// see one outcome until the next one is complete.
package final class LiveFactors: Sendable {
    private let model: ImplicitALSRecommender
    private let ratings: RatingMatrix
    /// Made when it is first needed, as it is not for nothing.
    private let work = Mutex<(refresh: FactorRefresh?, version: UInt64)>((nil, 0))
    private let published = Mutex<RefreshedFactors?>(nil)

    /// - Parameters:
    ///   - model: as it was trained.
    ///   - ratings: those of the file it was trained on.
    init(_ model: ImplicitALSRecommender, ratings: RatingMatrix) {
        self.model = model
        self.ratings = ratings
    }

    /// nil until something was worked out.
    package var current: RefreshedFactors? { published.withLock { $0 } }

    /// Works out what follows from `state`, unless nothing changed since the last time.
    ///
    /// - Parameter isStopped: asked now and then, on any thread.
    /// - Returns: whether anything was to be done, and was.
    @discardableResult
    package func refresh(by state: LiveState, isStopped: @Sendable () -> Bool = { false }) -> Bool {
        work.withLock { work in
            guard state.version != work.version else { return false }
            let refresh = work.refresh ?? FactorRefresh(model, ratings: ratings)
            work.refresh = refresh
            guard let factors = refresh.refreshed(by: state, isStopped: isStopped) else { return false }
            work.version = state.version
            published.withLock { $0 = factors }
            return true
        }
    }
}
