import Testing

@testable import Recommenders

@Suite struct SimilarItemsTests {
    /// Every pair of columns, compared from scratch.
    private func naive(_ ratings: RatingMatrix, neighbours: Int, shrinkage: Double) -> SimilarItems {
        var weights = [[Int: Int]](repeating: [:], count: ratings.itemCount)
        for user in 0..<ratings.userCount {
            let codes = ratings.rowCodes[ratings.row(user)].map { Int($0) }
            guard !codes.isEmpty else { continue }
            let mean = Int((Double(codes.reduce(0, +)) / Double(codes.count) * 64 + 1e-9).rounded())
            for (item, code) in zip(ratings.items[ratings.row(user)], codes) { weights[Int(item)][user] = code * 64 - mean + 64 }
        }
        var starts = [0]
        var items: [UInt32] = []
        var scores: [Float] = []
        for item in weights.indices {
            var found: [(item: UInt32, score: Float)] = []
            for other in weights.indices where other != item {
                let shared = weights[item].keys.filter { weights[other][$0] != nil }
                let product = shared.reduce(0) { $0 + weights[item][$1, default: 0] * weights[other][$1, default: 0] }
                guard product > 0 else { continue }
                let norm = { (column: [Int: Int]) in Double(column.values.reduce(0) { $0 + $1 * $1 }).squareRoot() }
                let cosine = min(Double(product) / (norm(weights[item]) * norm(weights[other])), 1)
                found.append((UInt32(other), Float(cosine * Double(shared.count) / (Double(shared.count) + shrinkage))))
            }
            found.sort { $0.score != $1.score ? $0.score > $1.score : $0.item < $1.item }
            items += found.prefix(neighbours).map(\.item)
            scores += found.prefix(neighbours).map(\.score)
            starts.append(items.count)
        }
        return SimilarItems(starts: starts, items: items, scores: scores)
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func agreesWithTheObviousWay(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let ratings = RandomDataset.matrix(
            users: Int.random(in: 1..<30, using: &generator), items: Int.random(in: 1..<40, using: &generator),
            density: Double.random(in: 0...1, using: &generator),
            maximumCode: [1, 10, 255].randomElement(using: &generator) ?? 1,
            seed: seed)
        for neighbours in [0, 1, 5, 20] {
            let shrinkage = Double(Int.random(in: 0..<20, using: &generator))
            let fast = ItemCosine(neighbours: neighbours, shrinkage: shrinkage).similarItems(of: ratings)
            #expect(fast == naive(ratings, neighbours: neighbours, shrinkage: shrinkage))
            #expect(fast.scores.allSatisfy { 0...1 ~= $0 })
        }
    }

    @Test func ordersEqualsByIndex() {
        let ratings = RatingMatrix(
            itemCount: 4, rowStarts: [0, 4, 8], items: [0, 1, 2, 3, 0, 1, 2, 3], rowCodes: [1, 1, 1, 1, 1, 1, 1, 1])
        let similar = ItemCosine(neighbours: 2, shrinkage: 0).similarItems(of: ratings)
        #expect(similar.items == [1, 2, 0, 2, 0, 1, 0, 1])
        #expect(similar.scores == [1, 1, 1, 1, 1, 1, 1, 1])
    }

    @Test func prefersMoreEvidence() {
        // Items 0 and 1 share one user of one, items 2 and 3 four of four.
        let ratings = RatingMatrix(
            itemCount: 4, rowStarts: [0, 2, 4, 6, 8, 10], items: [0, 1, 2, 3, 2, 3, 2, 3, 2, 3],
            rowCodes: .init(repeating: 1, count: 10))
        let similar = ItemCosine(shrinkage: 10).similarItems(of: ratings)
        let (one, four) = (Float(1.0 / 11), Float(4.0 / 14))
        #expect(similar.scores == [one, one, four, four])
    }
}
