/// A computed list, best first, in the form in which it is kept: item ids only, since titles and genres are the catalogue's.
package struct RecommendationList: Hashable, Sendable, Codable {
    /// The algorithm that made it.
    package var algorithm: Algorithm
    package var similarity: Similarity?
    /// What stood in because the algorithm had nothing to go by (a profile without neighbours, say).
    package var fallback: Algorithm?
    /// How many neighbours were asked; nil for algorithms without.
    package var neighbours: Int?
    /// The newest live rating that it saw; nil when there was none.
    package var ratingsVersion: RatingVersion?
    /// Of all rows one after the other where there are rows.
    package var items: [Recommendation]
    /// Which of `items` are which row's; nil where no rows were asked for.
    package var rows: [RecommendationRow]?

    package init(
        algorithm: Algorithm, similarity: Similarity? = nil, fallback: Algorithm? = nil, neighbours: Int? = nil,
        ratingsVersion: RatingVersion? = nil, items: [Recommendation], rows: [RecommendationRow]? = nil
    ) {
        self.algorithm = algorithm
        self.similarity = similarity
        self.fallback = fallback
        self.neighbours = neighbours
        self.ratingsVersion = ratingsVersion
        self.items = items
        self.rows = rows
    }
}
