import Testing

@testable import Recommenders

@Suite struct StrongestWeightsTests {
    @Test(arguments: 0..<30 as Range<UInt64>) func keepsTheLargest(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let itemCount = Int.random(in: 1..<30, using: &generator)
        let items = (0..<UInt32(itemCount)).shuffled(using: &generator).prefix(Int.random(in: 1...itemCount, using: &generator))
        let count = items.count
        // Whole numbers, so that some are equal and some 0.
        let matrix = (0..<count * count).map { _ in Float(Int.random(in: -4...4, using: &generator)) }
        let limit = Int.random(in: 0...count, using: &generator)
        let side: StrongestWeights.Side = Bool.random(using: &generator) ? .source : .target
        var table = [[Float]](repeating: .init(repeating: 0, count: itemCount), count: itemCount)
        for row in 0..<count {
            let order = (0..<count).filter { $0 != row && matrix[row * count + $0] != 0 }
                .sorted { (abs(matrix[row * count + $0]), $1) > (abs(matrix[row * count + $1]), $0) }
            for column in order.prefix(limit) {
                let (source, target) = side == .source ? (row, column) : (column, row)
                table[Int(items[source])][Int(items[target])] = matrix[row * count + column]
            }
        }
        for (blockSize, threads) in [(1, 1), (4, 3)] {
            let weights = StrongestWeights(side: side, weightsPerRow: limit, blockSize: blockSize)
                .select(of: Array(items), itemCount: itemCount, threads: threads) { rows, block in
                    for place in block.indices { block[place] = matrix[rows.lowerBound * count + place] }
                }
            var found = [[Float]](repeating: .init(repeating: 0, count: itemCount), count: itemCount)
            for source in 0..<itemCount {
                let row = weights.row(source)
                for entry in row { found[source][Int(weights.items[entry])] = weights.weights[entry] }
                #expect(Set(weights.items[row]).count == row.count)
                guard side == .source else { continue }
                #expect(zip(weights.weights[row], weights.weights[row].dropFirst()).allSatisfy { abs($0) >= abs($1) })
            }
            #expect(found == table)
            #expect((0..<itemCount).allSatisfy { (weights.covered[$0] != 0) == items.contains(UInt32($0)) })
        }
    }
}
