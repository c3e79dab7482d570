package import Recommenders

/// One of the treatments that an experiment compares.
package struct ExperimentVariant: Hashable, Sendable {
    package var name: String
    /// Of those who take part, 0…1.
    package var share: Double
    /// What its users get where their requests do not say; what it leaves open is as for everybody else.
    package var query: RecommendationQuery

    package init(name: String, share: Double, query: RecommendationQuery = RecommendationQuery()) {
        self.name = name
        self.share = share
        self.query = query
    }
}
