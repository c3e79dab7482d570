package import Experiments
package import Jobs
import Metrics
package import Recommenders
package import ServiceRuntime
import Synchronization

/// Has counted what users of experiments are handed and do, beside the work that it comes with: nobody waits for it, and what cannot be
/// counted is lost rather than anything else.
package final class ExperimentRecorder: Sendable {
    /// More is not kept waiting while Redis is slow or away.
    static let maximumWaiting = 1000

    package let plan: ExperimentPlan
    private let store: any ExperimentStore
    private let now: @Sendable () -> Timestamp
    private let waiting = Mutex(0)
    private let lost = Counter(label: "kindred_experiment_counts_lost_total")

    /// - Returns: nil without experiments: then nothing is to be done.
    package init?(
        _ plan: ExperimentPlan, in store: any ExperimentStore, now: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        guard !plan.experiments.isEmpty else { return nil }
        self.plan = plan
        self.store = store
        self.now = now
    }

    /// A list was handed to the user it was made for.
    package func handedOut(_ list: StoredList, to user: UserID) {
        let moment = now()
        let experiments = plan.current(list.experiments, at: moment)
        guard !experiments.isEmpty else { return }
        count { [store] () throws(StorageError) in
            try await store.countExposure(of: list.list.items.map(\.item), to: user, in: experiments, at: moment)
        }
    }

    /// Ratings of a user were applied, that were accepted at `moment`. Taking a rating back is no outcome.
    package func applied(_ updates: [RatingUpdate], of user: UserID, acceptedAt moment: Timestamp) {
        let experiments = experiments(observing: user, at: moment)
        guard !experiments.isEmpty else { return }
        let outcomes = updates.compactMap { update in
            switch update.change {
            case .rated: ObservedOutcome(.ratings, update.item, at: moment)
            case .dismissed: ObservedOutcome(.dislikes, update.item, at: moment)
            case .removed: nil
            }
        }
        guard !outcomes.isEmpty else { return }
        count { [store] () throws(StorageError) in
            try await store.countOutcomes(outcomes, of: user, in: experiments)
        }
    }

    /// Counts what a user did, for somebody who waits for it.
    package func count(_ outcomes: [ObservedOutcome], of user: UserID) async throws(StorageError) {
        try await store.countOutcomes(outcomes, of: user, in: experiments(observing: user, at: now()))
    }

    /// In which the user may be observed.
    private func experiments(observing user: UserID, at moment: Timestamp) -> [Experiment] {
        plan.observing(at: moment).filter { $0.variant(of: user) != nil }
    }

    private func count(_ body: @escaping @Sendable () async throws(StorageError) -> Void) {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < Self.maximumWaiting else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { return lost.increment() }
        Task {
            do throws(StorageError) { try await body() } catch { lost.increment() }
            waiting.withLock { $0 -= 1 }
        }
    }
}
