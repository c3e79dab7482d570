import Testing

@testable import Recommenders

@Suite struct MaximalMarginalRelevanceTests {
    @Test(arguments: [0, 0.2, 0.7, 1]) func picksWhatIsBestAtEachStep(diversity: Double) {
        var random = SeededGenerator(UInt64(diversity * 10))
        for size in [0, 1, 2, 30] {
            let scores = (0..<size).map { _ in Double.random(in: -3...3, using: &random) }.sorted(by: >)
            var table: [[Float]] = []
            for place in 0..<size { table.append((0..<place).map { _ in Float.random(in: 0...1, using: &random) }) }
            let similarities = PoolSimilarities(count: size) { table[$1][$0] }
            func similarity(_ one: Int, _ other: Int) -> Double { Double(table[max(one, other)][min(one, other)]) }
            for count in [0, 1, 7, 40] {
                var expected: [Int] = []
                while expected.count < min(count, size) {
                    let values = (0..<size).map { place -> Double in
                        guard !expected.contains(place) else { return -.infinity }
                        let relevance = size > 1 ? (scores[place] - scores[size - 1]) / (scores[0] - scores[size - 1]) : 0
                        let nearest = expected.map { similarity($0, place) }.max() ?? 0
                        return (1 - diversity) * relevance - diversity * nearest
                    }
                    expected.append(values.firstIndex(of: values.max()!)!)
                }
                let picked = MaximalMarginalRelevance(diversity: diversity).pick(count, of: scores, similarities: similarities)
                #expect(picked == expected)
                if diversity == 0 { #expect(picked == Array(0..<min(count, size))) }
            }
        }
    }

    @Test func genresAreAlikeByWhatTheyShare() {
        let catalogue = Catalogue(
            itemKind: "item",
            entries: [["a", "b"], ["b", "c", "d"], [], ["a", "b"]].map { CatalogueEntry(title: "", genres: $0) })
        let similarities = ItemSimilarity(genresOf: catalogue).within([0, 1, 2, 3, 77])
        #expect(similarities[0, 1] == 0.25 && similarities[3, 0] == 1 && similarities[0, 2] == 0 && similarities[4, 0] == 0)
    }
}
