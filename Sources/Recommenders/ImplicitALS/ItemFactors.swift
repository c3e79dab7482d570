/// The factors of all rated items, as a trained model keeps them: those with the longest first, in blocks of `blockSize`.
///
/// Place `p` holds item `items[p]`. Its factor `k` is `factors[block * dimensions * 8 + k * 8 + p % 8]`, `block` being `p / 8`: a block holds
/// the first factor of its eight items, then their second ones. So eight items are scored at a time by plain multiplication and
/// addition, and the first few factors of a block, which lie together, tell whether the others need to be looked at. Places
/// behind the last item, up to a whole block, hold zeros.
package struct ItemFactors: Sendable, Equatable {
    package static let blockSize = 8
    /// Factors are between -`limit` and `limit`, so that no sum of their products is infinite.
    static let limit: Float = 0x1p20

    /// How many items there are in all, those without factors included.
    package let itemCount: Int
    /// How many factors an item has, a multiple of `blockSize`.
    package let dimensions: Int
    /// By place; items that nobody rated have none.
    package let items: FlatArray<UInt32>
    /// (`items.count` rounded up to whole blocks) × `dimensions`.
    package let factors: FlatArray<Float>
    /// `dimensions` × `dimensions`, symmetric: the sum over all items of v vᵀ, v being the item's factors.
    package let gram: FlatArray<Float>

    /// Parts that may come from anywhere.
    ///
    /// - Returns: nil unless they fit each other, no item is in it twice and all numbers are moderate.
    /// - Complexity: O(`factors.count`).
    package init?(
        itemCount: Int, dimensions: Int, items: FlatArray<UInt32>, factors: FlatArray<Float>, gram: FlatArray<Float>
    ) {
        guard itemCount >= 0, itemCount <= UInt32.max, dimensions > 0, dimensions % Self.blockSize == 0, dimensions <= 4096,
            items.count <= itemCount, factors.count == Self.blockCount(of: items.count) * Self.blockSize * dimensions,
            gram.count == dimensions * dimensions,
            factors.allSatisfy({ abs($0) <= Self.limit }), gram.allSatisfy(\.isFinite)
        else { return nil }
        var isKnown = [Bool](repeating: false, count: itemCount)
        for item in items {
            guard item < itemCount, !isKnown[Int(item)] else { return nil }
            isKnown[Int(item)] = true
        }
        self.itemCount = itemCount
        self.dimensions = dimensions
        self.items = items
        self.factors = factors
        self.gram = gram
    }

    /// - Parameters:
    ///   - rows: `itemCount` × `dimensions`, an item's factors together, all between -`limit` and `limit`.
    ///   - ratedItems: those that are to have factors, each once.
    package init(itemCount: Int, dimensions: Int, rows: [Float], ratedItems: [UInt32]) {
        precondition(dimensions > 0 && dimensions % Self.blockSize == 0 && rows.count == itemCount * dimensions)
        self.init(
            itemCount: itemCount, dimensions: dimensions, items: ratedItems, rows: { Int($0) * dimensions }, in: rows,
            gram: FlatArray(Self.gram(of: rows, ratedItems: ratedItems, dimensions: dimensions)))
    }

    /// - Parameters:
    ///   - items: each once.
    ///   - start: where in `values` an item's factors begin.
    ///   - gram: which may be of more items than these.
    init(
        itemCount: Int, dimensions: Int, items: [UInt32], rows start: (UInt32) -> Int, in values: [Float],
        gram: FlatArray<Float>
    ) {
        let lengths = items.map { item in
            values[start(item)..<start(item) + dimensions].reduce(0) { $0 + Double($1) * Double($1) }
        }
        let order = items.indices.sorted {
            lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : items[$0] < items[$1]
        }
        self.itemCount = itemCount
        self.dimensions = dimensions
        self.items = FlatArray(order.map { items[$0] })
        factors = FlatArray(count: Self.blockCount(of: order.count) * Self.blockSize * dimensions) { factors in
            factors.initialize(repeating: 0)
            for (place, number) in order.enumerated() {
                let target = place / Self.blockSize * Self.blockSize * dimensions + place % Self.blockSize
                let source = start(items[number])
                for factor in 0..<dimensions { factors[target + factor * Self.blockSize] = values[source + factor] }
            }
        }
        self.gram = gram
    }

    package var blockCount: Int { Self.blockCount(of: items.count) }

    static func blockCount(of items: Int) -> Int { (items + blockSize - 1) / blockSize }

    /// In double precision, item by item in ascending order.
    private static func gram(of rows: [Float], ratedItems: [UInt32], dimensions: Int) -> [Float] {
        var sums = [Double](repeating: 0, count: dimensions * dimensions)
        for item in ratedItems.sorted() {
            let row = rows[Int(item) * dimensions..<(Int(item) + 1) * dimensions].map(Double.init)
            for first in 0..<dimensions {
                for second in 0..<dimensions { sums[first * dimensions + second] += row[first] * row[second] }
            }
        }
        return sums.map { Float($0) }
    }
}
