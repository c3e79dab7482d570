package import Configuration
package import Recommenders
package import ServiceRuntime

extension RecommendationDefaults {
    /// Whoever does not say wants no more than fits on a page.
    private static let countRange = 1...100

    /// Reads the keys of the scope `recommender`, which gateway and worker must be given alike: the one shows what the other does.
    ///
    /// - `algorithm`, `similarity` (names as in the API), `neighbours` (int 1…1000), `count` (int 1…100): what a request gets that
    ///   does not say
    package init(reading config: ConfigReader) throws(ConfigurationError) {
        self.init()
        algorithm = try config.choice(forKey: "recommender.algorithm", default: algorithm)
        if config.text(forKey: "recommender.similarity") != nil {
            similarity = try config.choice(forKey: "recommender.similarity", default: .cosine)
        }
        if config.text(forKey: "recommender.neighbours") != nil {
            neighbours = try config.integer(
                forKey: "recommender.neighbours", default: 20, in: RecommendationQuery.neighboursRange)
        }
        count = try config.integer(forKey: "recommender.count", default: count, in: Self.countRange)
    }
}
