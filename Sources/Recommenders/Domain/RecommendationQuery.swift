/// What a list should be like. What is nil is left to the service's configuration.
package struct RecommendationQuery: Hashable, Sendable, Codable {
    package static let countRange = 1...100
    package static let neighboursRange = 1...1000

    /// How many items, within `countRange`.
    package var count: Int?
    package var algorithm: Algorithm?
    package var similarity: Similarity?
    /// k of the k nearest neighbours, within `neighboursRange`.
    package var neighbours: Int?
    /// Only items of at least one of these genres; all items when nil or empty.
    package var genres: [String]?

    package init(
        count: Int? = nil, algorithm: Algorithm? = nil, similarity: Similarity? = nil, neighbours: Int? = nil,
        genres: [String]? = nil
    ) {
        self.count = count
        self.algorithm = algorithm
        self.similarity = similarity
        self.neighbours = neighbours
        self.genres = genres
    }

    /// Whether it leaves everything to the configuration.
    package var isDefault: Bool { self == RecommendationQuery() }

    /// Whether it asks for a part of the catalogue only.
    package var isFiltered: Bool { !(genres ?? []).isEmpty }
}

/// How alike two users are, by the names that requests use.
package enum Similarity: String, Hashable, Sendable, Codable, CaseIterable {
    case pearson, cosine, euclidean, jaccard
}
