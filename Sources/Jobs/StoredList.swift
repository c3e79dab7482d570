package import Experiments
package import Recommenders
package import ServiceRuntime

/// A list and when it was made.
package struct StoredList: Hashable, Sendable, Codable {
    package var generatedAt: Timestamp
    package var list: RecommendationList
    /// The variants that made it what it is; none for users who take part in nothing, and for guests.
    package var experiments: [VariantAssignment]

    package init(generatedAt: Timestamp, list: RecommendationList, experiments: [VariantAssignment] = []) {
        self.generatedAt = generatedAt
        self.list = list
        self.experiments = experiments
    }
}
