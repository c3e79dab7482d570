/// How alike two items are, from 0 to 1.
package struct ItemSimilarity: Sendable {
    private let source: Source

    private enum Source {
        case table(ItemWeights)
        case genres(Catalogue)
    }

    /// - Parameter table: of the items most like each one, with weights of 0 to 1.
    package init(table: ItemWeights) {
        source = .table(table)
    }

    package init(genresOf catalogue: Catalogue) {
        source = .genres(catalogue)
    }

    /// Among a few items: what the one or the other's row of the table has of the other, the larger of the two; or the genres that
    /// both have as a share of those that either has (Jaccard's index).
    ///
    /// - Complexity: O(`items`²), and their rows of the table.
    package func within(_ items: [UInt32]) -> PoolSimilarities {
        switch source {
        case .table(let table): PoolSimilarities(of: items, in: table)
        case .genres(let catalogue): PoolSimilarities(of: items, in: catalogue)
        }
    }
}

/// The similarities among a few items, by their places.
package struct PoolSimilarities: Sendable {
    private let count: Int
    private var values: [Float]

    /// - Parameter similarity: of the items at two places, the first being the lower.
    init(count: Int, _ similarity: (Int, Int) -> Float = { _, _ in 0 }) {
        self.count = count
        values = [Float](repeating: 0, count: count * count)
        for place in 0..<count {
            for other in 0..<place { set(other, place, similarity(other, place)) }
        }
    }

    fileprivate init(of items: [UInt32], in table: ItemWeights) {
        self.init(count: items.count)
        let places = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
        for (place, item) in items.enumerated() where item < table.itemCount {
            for entry in table.row(Int(item)) {
                guard let other = places[table.items[entry]] else { continue }
                set(place, other, max(values[place * count + other], min(max(table.weights[entry], 0), 1)))
            }
        }
    }

    fileprivate init(of items: [UInt32], in catalogue: Catalogue) {
        let genres = items.map { item in
            item < catalogue.entries.count ? Set(catalogue.genreNumbers(of: Int(item))) : []
        }
        self.init(count: items.count) { place, other in
            let shared = genres[place].intersection(genres[other]).count
            let all = genres[place].count + genres[other].count - shared
            return all > 0 ? Float(shared) / Float(all) : 0
        }
    }

    private mutating func set(_ place: Int, _ other: Int, _ value: Float) {
        values[place * count + other] = value
        values[other * count + place] = value
    }

    subscript(place: Int, other: Int) -> Double { Double(values[place * count + other]) }
}
