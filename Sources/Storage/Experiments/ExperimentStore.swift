package import Experiments
package import Recommenders
package import ServiceRuntime

/// What users of experiments were shown and did. All of it ends by itself.
package protocol ExperimentStore: Sendable {
    /// Notes that `user` was handed a list of `items`, made by these variants.
    ///
    /// With the first one of a phase the user comes under observation, in the variant of then, for the experiment's window. Every further
    /// list of the same period changes nothing but what the user was shown. Of users who were removed nothing is noted.
    func countExposure(
        of items: [ItemID], to user: UserID, in experiments: [(Experiment, VariantAssignment)], at moment: Timestamp
    ) async throws(StorageError)

    /// Counts what `user` did after the items were handed to the user, in each of `experiments` that observed the user then. The same
    /// outcome of the same item counts once.
    func countOutcomes(
        _ outcomes: [ObservedOutcome], of user: UserID, in experiments: [Experiment]
    ) async throws(StorageError)

    /// What was counted in the experiment's phase.
    func counts(of experiment: Experiment) async throws(StorageError) -> ExperimentCounts
}

enum ExperimentLimits {
    /// So many items of what a user was shown are known at most; what is shown beyond does not count.
    static let maximumItems = 1000
    /// More than this of one outcome does not count, so that no user's square overflows.
    static let maximumAmount = 100_000
    /// How long counts are kept after the last user was observed.
    static let reportTime = Duration.seconds(90 * 24 * 3600)
}
