/// What a list should be like. What is nil is left to the service's configuration; everything else asks for nothing until it is set.
///
/// In which order its rules are applied says decision 35. Names, items and genres that the data set does not know are no mistake here: they
/// match nothing, and nothing is done for them.
package struct RecommendationQuery: Hashable, Sendable, Codable {
    /// More than a page: a long list is read in parts.
    package static let countRange = 1...500
    package static let neighboursRange = 1...1000
    package static let diversityRange = 0.0...1.0
    /// How many values a list of genres, of items, or of an attribute's values may have.
    package static let valuesLimit = 1000
    package static let attributesLimit = 20
    package static let boostsLimit = 100
    package static let pinsLimit = 100

    /// How many items, within `countRange`.
    package var count: Int?
    package var algorithm: Algorithm?
    package var similarity: Similarity?
    /// k of the k nearest neighbours, within `neighboursRange`.
    package var neighbours: Int?
    /// Only items of at least one of these genres; all items when nil or empty.
    package var genres: [String]?
    /// No items of any of these genres.
    package var excludedGenres: [String] = []
    /// Only items of these years; those whose year is not known are in none.
    package var years: YearRange?
    /// Only items that have, of every attribute named, at least one of the values: see `ItemAttributes`. An attribute with no value asks
    /// for nothing.
    package var attributes: [String: [String]] = [:]
    /// Only these items; all items when nil or empty.
    package var items: [ItemID]?
    /// None of these items, wherever they are named else.
    package var excludedItems: [ItemID] = []
    /// Whether what was shown to the user lately is left out; whoever has the profile does that. nil for what the service is set to.
    package var excludesShown: Bool?
    /// What is to come forward or to go back; those that name the same item add up.
    package var boosts: [Boost] = []
    /// Items at places of their own.
    package var pinned: [PinnedItem] = []
    /// How much more a list is to be varied than to be good, within `diversityRange`: 0 for the best items whatever they are.
    package var diversity: Double?
    package var exploration: Exploration?
    /// Several lists in one, by genre, instead of one; its numbers then stand for `count`.
    package var rows: RowRequest?
    /// How the wishes of several users become one list; of no meaning for a list for one user.
    package var aggregation: GroupAggregation?

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
    package var isFiltered: Bool {
        !(genres ?? []).isEmpty || !excludedGenres.isEmpty || !(years?.isUnbounded ?? true)
            || attributes.values.contains { !$0.isEmpty } || !(items ?? []).isEmpty || !excludedItems.isEmpty
    }

    /// Whether it asks for anything but the best items as the algorithm has them: its list is nobody's usual one.
    package var isShaped: Bool {
        isFiltered || !boosts.isEmpty || !pinned.isEmpty || diversity ?? 0 > 0 || exploration?.share ?? 0 > 0 || rows != nil
            || aggregation != nil
    }
}

/// How alike two users are, by the names that requests use.
package enum Similarity: String, Hashable, Sendable, Codable, CaseIterable {
    case pearson, cosine, euclidean, jaccard
}
