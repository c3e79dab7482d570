import Recommenders
import Testing

@Suite struct DatasetTests {
    let dataset: Dataset

    init() throws {
        let ratings = RatingMatrix(
            itemCount: 3, rowStarts: [0, 2, 3], items: [0, 2, 1], rowCodes: [4, 10, 6], rowTimes: [70, 80, 90])
        dataset = Dataset(
            name: "tiny", scale: .halfStars, users: Vocabulary([try UserID("u"), try UserID("v")]),
            items: Vocabulary([try ItemID("a"), try ItemID("b"), try ItemID("c")]), ratings: ratings,
            catalogue: Catalogue(itemKind: "movie", entries: ["A", "B", "C"].map { CatalogueEntry(title: $0) }))
    }

    private func update(_ item: String, _ rating: Double?, at time: UInt64 = 1) throws -> RatingUpdate {
        RatingUpdate(item: try ItemID(item), rating: rating, version: RatingVersion(milliseconds: time, origin: 0))
    }

    @Test func givesAUsersRow() throws {
        #expect(
            dataset.profile(of: try UserID("u"), overlaidWith: LiveProfile())
                == Profile(items: [0, 2], codes: [4, 10], times: [70, 80], row: 0))
        #expect(
            dataset.profile(of: try UserID("v"), overlaidWith: LiveProfile())
                == Profile(items: [1], codes: [6], times: [90], row: 1))
    }

    @Test func laysLiveRatingsOverTheRow() throws {
        let live = LiveProfile([try update("b", 0.5, at: 12_345), try update("c", 3), try update("a", nil)])
        #expect(
            dataset.profile(of: try UserID("u"), overlaidWith: live)
                == Profile(items: [1, 2], codes: [1, 6], times: [12, 0], row: 0))
        let late = LiveProfile([try update("b", 0.5, at: 1 << 43)])
        #expect(
            dataset.profile(of: try UserID("u"), overlaidWith: late)
                == Profile(items: [0, 1, 2], codes: [4, 1, 10], times: [70, .max, 80], row: 0))
    }

    @Test func aDismissedItemIsNotRatedWhateverWasSaidBefore() throws {
        let live = LiveProfile([
            try update("b", 4, at: 1), try dismissal("b", at: 2), try dismissal("a", at: 1), try dismissal("unknown", at: 1),
            try dismissal("c", at: 1), try update("c", 3, at: 2),
        ])
        #expect(
            dataset.profile(of: try UserID("u"), overlaidWith: live)
                == Profile(items: [2], codes: [6], times: [0], row: 0, dismissed: [0, 1]))
    }

    private func dismissal(_ item: String, at time: UInt64) throws -> RatingUpdate {
        RatingUpdate(item: try ItemID(item), change: .dismissed, version: RatingVersion(milliseconds: time, origin: 0))
    }

    @Test func startsFromNothingForUnknownUsers() throws {
        let live = LiveProfile([try update("c", 5), try update("unknown", 4), try update("a", 3.3), try update("b", nil)])
        for user in [nil, try UserID("nobody")] {
            #expect(dataset.profile(of: user, overlaidWith: live) == Profile(items: [2], codes: [10], row: nil))
        }
    }

    @Test func listsItsGenresOnce() {
        let entries = [["b", "a"], [], ["c", "a"]].map { CatalogueEntry(title: "", genres: $0) }
        #expect(Catalogue(itemKind: "movie", entries: entries).genres == ["a", "b", "c"])
    }

    @Test func numbersItsVocabulary() throws {
        #expect(try dataset.items.index(of: ItemID("c")) == 2)
        #expect(try dataset.items.index(of: ItemID("d")) == nil)
        let second = try ItemID("b")
        #expect(dataset.items[1] == second && dataset.items.count == 3)
    }
}
