package import Recommenders
package import ServiceRuntime

/// Which items were shown to users lately.
package protocol ImpressionStore: Sendable {
    /// Notes that `items` were shown to `user` at `moment`. Once more does no harm: the last time counts.
    ///
    /// Beyond the bound of `policy` what was shown longest ago is forgotten, and all of it when nothing was shown for its lifetime.
    func note(
        _ items: [ItemID], shownTo user: UserID, at moment: Timestamp, policy: ImpressionPolicy
    ) async throws(StorageError)

    /// What was last shown at `start` or later, in any order.
    func items(shownTo user: UserID, since start: Timestamp) async throws(StorageError) -> [ItemID]
}
