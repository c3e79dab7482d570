package import Recommenders
package import ServiceRuntime

/// A list and when it was made.
package struct StoredList: Hashable, Sendable, Codable {
    package var generatedAt: Timestamp
    package var list: RecommendationList

    package init(generatedAt: Timestamp, list: RecommendationList) {
        self.generatedAt = generatedAt
        self.list = list
    }
}
