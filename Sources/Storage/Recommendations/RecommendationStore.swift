package import Recommenders
package import ServiceRuntime

/// The last computed list of every user.
package protocol RecommendationStore: Sendable {
    /// Keeps `list` for `lifetime`, unless the one that is kept has seen newer ratings.
    func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError)

    /// nil when none was computed yet, or it expired.
    func list(for user: UserID) async throws(StorageError) -> StoredList?
}

/// A list and when it was made.
package struct StoredList: Hashable, Sendable, Codable {
    package var generatedAt: Timestamp
    package var list: RecommendationList

    package init(generatedAt: Timestamp, list: RecommendationList) {
        self.generatedAt = generatedAt
        self.list = list
    }
}
