import Recommenders
import Testing

@Suite struct TopKTests {
    @Test(arguments: [0, 1, 2, 7, 100, 1000], [0, 1, 5, 99, 100, 500])
    func keepsWhatSortingWouldPutFirst(capacity: Int, offers: Int) {
        var random = SeededGenerator(UInt64(capacity * 1000 + offers))
        for distinctScores in [1, 3, 1_000_000] {
            var top = TopK(capacity: capacity)
            let scores = (0..<offers).map { _ in Float(Int.random(in: 0..<distinctScores, using: &random) - distinctScores / 2) }
            for element in scores.indices.shuffled(using: &random) { top.offer(UInt32(element), score: scores[element]) }
            let expected = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(capacity)
            #expect(top.sorted().map { Int($0.element) } == Array(expected))
            #expect(top.sorted().map(\.score) == expected.map { scores[$0] })
        }
    }
}
