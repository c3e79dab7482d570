import Testing

@testable import Recommenders

@Suite struct ItemNeighborsTests {
    private typealias Neighbor = (item: UInt32, weight: Double)

    /// For each item all others with a weight, strongest first: every pair of columns compared from scratch.
    private func naive(_ ratings: RatingMatrix, _ parameters: ItemNeighborParameters) -> [[Neighbor]] {
        var columns = [[Int: Double]](repeating: [:], count: ratings.itemCount)
        for user in 0..<ratings.userCount {
            let codes = ratings.rowCodes[ratings.row(user)].map { Double($0) }
            for (item, code) in zip(ratings.items[ratings.row(user)], codes) {
                columns[Int(item)][user] = parameters.isAdjusted ? code - codes.reduce(0, +) / Double(codes.count) + 1 : 1
            }
        }
        let lengths = columns.map { $0.values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var neighbours = columns.indices.map { item in
            columns.indices.compactMap { other -> Neighbor? in
                let sum = columns[item].reduce(0) { $0 + $1.value * columns[other][$1.key, default: 0] }
                guard other != item, sum > 0 else { return nil }
                let cosine = sum / (lengths[item] * lengths[other] * lengths[other] + parameters.shrinkage)
                return (UInt32(other), cosine * cosine)
            }
        }
        let largest = neighbours.joined().map(\.weight).max() ?? 0
        for item in neighbours.indices {
            if largest > 1 { for place in neighbours[item].indices { neighbours[item][place].weight /= largest } }
            neighbours[item].sort { $0.weight > $1.weight }
        }
        return neighbours
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func agreesWithTheObviousWay(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let maximumCode = ([1, 10] as [UInt8])[Int(seed % 2)]
        let ratings = RandomDataset.matrix(
            users: Int.random(in: 1..<30, using: &generator), items: Int.random(in: 1..<40, using: &generator),
            density: Double.random(in: 0...1, using: &generator), maximumCode: maximumCode, seed: seed)
        let parameters = ItemNeighborParameters(
            neighbours: [0, 1, 5, 100][Int(seed / 2 % 4)], shrinkage: Double(Int.random(in: 0..<5, using: &generator)), power: 2,
            userDamping: 0, sourceDamping: 1, targetDamping: 2, isAdjusted: seed % 3 == 0, closeness: .ignored)
        let expected = naive(ratings, parameters)
        let found = ItemNeighbors(parameters: parameters, threads: 1).train(ratings, scale: .halfStars)
        for item in 0..<ratings.itemCount {
            let row = found.row(item)
            let weights = found.weights[row].map { Double($0) }
            #expect(row.count == min(expected[item].count, parameters.neighbours))
            #expect(weights == weights.sorted(by: >) && weights.allSatisfy { 0...1 ~= $0 })
            for (weight, neighbour) in zip(weights, expected[item]) { #expect(abs(weight - neighbour.weight) < 1e-5) }
            for (neighbour, weight) in zip(found.items[row], weights) {
                #expect(expected[item].contains { $0.item == neighbour && abs($0.weight - weight) < 1e-5 })
            }
        }
        #expect(ItemNeighbors(parameters: parameters, threads: 3).train(ratings, scale: .halfStars) == found)
    }

    @Test func putsTheMoreRatedFirstAmongEquals() {
        let ratings = RatingMatrix(
            itemCount: 4, rowStarts: [0, 4, 8, 9], items: [0, 1, 2, 3, 0, 1, 2, 3, 3], rowCodes: .init(repeating: 1, count: 9))
        var parameters = ItemNeighborParameters(
            neighbours: 2, shrinkage: 0, power: 1, userDamping: 0, sourceDamping: 1, targetDamping: 0, closeness: .ignored)
        parameters.isAdjusted = true
        let similar = ItemNeighbors(parameters: parameters).train(ratings, scale: .halfStars)
        #expect(Array(similar.items) == [3, 1, 3, 0, 3, 0, 0, 1])
    }

    @Test func prefersMoreEvidence() {
        // Items 0 and 1 share one user of one, items 2 and 3 four of four.
        let ratings = RatingMatrix(
            itemCount: 4, rowStarts: [0, 2, 4, 6, 8, 10], items: [0, 1, 2, 3, 2, 3, 2, 3, 2, 3],
            rowCodes: .init(repeating: 1, count: 10))
        let parameters = ItemNeighborParameters(
            shrinkage: 10, power: 1, userDamping: 0, sourceDamping: 1, targetDamping: 1, isAdjusted: false, closeness: .ignored)
        let similar = ItemNeighbors(parameters: parameters).train(ratings, scale: .halfStars)
        let (one, four) = (Float(1.0 / 11), Float(4.0 / 14))
        #expect(Array(similar.weights) == [one, one, four, four])
    }
}
