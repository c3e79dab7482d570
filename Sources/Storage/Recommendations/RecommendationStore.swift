package import Jobs
package import Recommenders
import ServiceRuntime

/// The last computed list of every user.
package protocol RecommendationStore: Sendable {
    /// Keeps `list` for `lifetime`, unless the one that is kept has seen newer ratings.
    func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError)

    /// nil when none was computed yet, or it expired.
    func list(for user: UserID) async throws(StorageError) -> StoredList?
}
