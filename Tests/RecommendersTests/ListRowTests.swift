import Testing

@testable import Recommenders

@Suite struct ListRowTests {
    @Test(arguments: ListSample.algorithms) func rowsAreTheBestOfTheirGenreThatNoRowBeforeHas(algorithm: Algorithm) throws {
        let sample = try ListSample(seed: 11)
        for profile in sample.profiles {
            let whole = try sample.list(profile, algorithm)
            let popular = try sample.list(profile, .popularity).items.map(\.item)
            let list = try sample.list(profile, algorithm) {
                $0.rows = RowRequest(length: 6, genres: ["b", "no such", "a", "b", "e"])
            }
            var listed: Set<ItemID> = []
            var expected: [[ItemID]] = []
            for genre in ["b", "a", "e"] {
                func isOpen(_ item: ItemID) -> Bool {
                    sample.entry(sample.number(item)).genres.contains(genre) && !listed.contains(item)
                }
                var row = whole.items.filter { $0.placement == .ranked }.map(\.item).filter(isOpen).prefix(6)
                row += popular.filter { isOpen($0) && !row.contains($0) }.prefix(6 - row.count)
                listed.formUnion(row)
                if !row.isEmpty { expected.append(Array(row)) }
            }
            #expect(list.items.map(\.item) == Array(expected.joined()))
            #expect(list.rows?.map(\.genre) == ["b", "a", "e"] && list.rows?.map(\.count) == expected.map(\.count))
        }
    }

    @Test func aUsersOwnGenresComeFirst() throws {
        let sample = try ListSample(seed: 12)
        for genre in ["a", "b", "c", "d", "e"] {
            let items = (0..<UInt32(ListSample.itemCount)).filter { sample.entry($0).genres == [genre] }
            guard !items.isEmpty else { continue }
            let profile = Profile(items: items, codes: items.map { _ in 9 })
            let list = try sample.list(profile, .popularity) { $0.rows = RowRequest(count: 3, length: 2) }
            #expect(list.rows?.first?.genre == genre && list.rows?.count == 3)
        }
        let anybody = try sample.list(Profile([:]), .popularity) { $0.rows = RowRequest() }
        let ratings = sample.engine.dataset.ratings
        let counts = ["a", "b", "c", "d", "e"].map { genre in
            (0..<UInt32(ListSample.itemCount)).filter { sample.entry($0).genres.contains(genre) }
                .reduce(0) { $0 + ratings.column(Int($1)).count }
        }
        let byCount = zip(["a", "b", "c", "d", "e"], counts).sorted { $0.1 > $1.1 }.map(\.0)
        #expect(anybody.rows?.map(\.genre) == byCount)
    }

    @Test func rulesHoldInRows() throws {
        let sample = try ListSample(seed: 13)
        var random = SeededGenerator(4)
        for algorithm in ListSample.algorithms {
            for profile in sample.profiles {
                var query = sample.randomQuery(algorithm, &random)
                query.rows = RowRequest(count: 4, length: 5)
                query.exploration = Exploration(share: 0.2, seed: 1)
                let list = try sample.engine.recommend(for: profile, query: query)
                let naive = NaiveList(sample: sample, profile: profile, query: query)
                #expect(list.items.allSatisfy { naive.isEligible(sample.number($0.item)) })
                #expect(Set(list.items.map(\.item)).count == list.items.count)
                var rest = list.items[...]
                for row in try #require(list.rows) {
                    let items = rest.prefix(row.count)
                    #expect(items.count == row.count && row.count > 0)
                    #expect(items.allSatisfy { sample.entry(sample.number($0.item)).genres.contains(row.genre) })
                    rest = rest.dropFirst(row.count)
                }
                #expect(rest.isEmpty)
            }
        }
    }
}
