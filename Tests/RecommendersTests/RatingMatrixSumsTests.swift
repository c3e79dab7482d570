import Testing

@testable import Recommenders

@Suite struct RatingMatrixSumsTests {
    @Test(arguments: 0..<20 as Range<UInt64>) func addsUpColumns(seed: UInt64) {
        var generator = SeededGenerator(seed)
        // More columns than one thread adds up at a time.
        let matrix = RandomDataset.matrix(
            users: Int.random(in: 0..<6, using: &generator), items: [0, 1, 511, 512, 1300].randomElement(using: &generator)!,
            density: Double.random(in: 0...1, using: &generator), maximumCode: 255, seed: seed)
        var expected = [Int](repeating: 0, count: matrix.itemCount)
        for (item, code) in zip(matrix.items, matrix.rowCodes) { expected[Int(item)] += Int(code) }
        #expect(Array(matrix.columnCodeSums) == expected)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func findsTheFirstDescent(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let numbers = (0..<Int.random(in: 0..<20, using: &generator)).map { $0 + Int.random(in: 0..<3, using: &generator) }
        let expected = numbers.indices.dropLast().first { numbers[$0] > numbers[$0 + 1] }
        #expect(FlatArray(numbers).firstDescent == expected)
    }
}
