import Evaluation
import Recommenders
import Testing

struct SplitTests {
    static func splits(of ratings: RatingMatrix, seed: UInt64) throws -> [Split] {
        try [
            .leaveLastOut(ratings), .leaveOneOut(ratings, seed: seed), .temporal(ratings, heldOutShare: 0.3),
            .temporal(ratings, cut: 1005),
        ]
    }

    static func triples(of lists: RatingLists, in ratings: RatingMatrix) -> Set<[UInt32]> {
        var triples: Set<[UInt32]> = []
        for user in 0..<lists.userCount {
            for place in lists.row(user) {
                let found = ratings.row(user).first { ratings.items[$0] == lists.items[place] }
                let time = found.map { ratings.rowTimes[$0] } ?? 0
                triples.insert([UInt32(user), lists.items[place], UInt32(lists.codes[place]), time])
            }
        }
        return triples
    }

    /// Whether rows and columns hold the same ratings, in order.
    static func isConsistent(_ ratings: RatingMatrix) -> Bool {
        ratings
            == RatingMatrix(
                itemCount: ratings.itemCount, rowStarts: ratings.rowStarts, items: ratings.items, rowCodes: ratings.rowCodes,
                rowTimes: ratings.rowTimes)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func nothingHeldOutLeaksIntoTraining(seed: UInt64) throws {
        let ratings = RatingMatrix.random(seed: seed)
        for split in try Self.splits(of: ratings, seed: seed) {
            let validation = try split.validationSet().set
            let validated = Self.triples(of: validation.heldOut, in: ratings)
            let tested = Self.triples(of: split.testSet().heldOut, in: ratings)
            #expect(!tested.isEmpty && !validated.isEmpty)
            #expect(tested.isDisjoint(with: validated))
            #expect(tested.isSubset(of: ratings.triples) && validated.isSubset(of: ratings.triples))
            #expect(validation.training.triples == ratings.triples.subtracting(tested).subtracting(validated))
            for use in ValidationUse.allCases {
                let test = split.testSet(validation: use)
                let left = ratings.triples.subtracting(tested)
                #expect(test.training.triples == (use == .trained ? left : left.subtracting(validated)))
                #expect(Self.triples(of: test.masked, in: ratings) == (use == .masked ? validated : []))
                #expect(Self.isConsistent(test.training))
                #expect(test.users.allSatisfy { !test.training.row($0).isEmpty && !test.heldOut.row($0).isEmpty })
            }
            #expect(Self.isConsistent(validation.training))
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func leavesTheLastOut(seed: UInt64) throws {
        let ratings = RatingMatrix.random(seed: seed)
        let split = try Split.leaveLastOut(ratings)
        let (test, validation) = (split.testSet(), try split.validationSet().set)
        for user in 0..<ratings.userCount {
            let order = ratings.row(user)
                .sorted { (ratings.rowTimes[$0], $0) > (ratings.rowTimes[$1], $1) }
                .map { ratings.items[$0] }
            #expect(Array(test.heldOut.items[test.heldOut.row(user)]) == (order.count > 1 ? [order[0]] : []))
            #expect(Array(validation.heldOut.items[validation.heldOut.row(user)]) == (order.count > 2 ? [order[1]] : []))
        }
    }

    @Test func leavesOneOutBySeed() throws {
        let ratings = RatingMatrix.random(seed: 4, users: 3000)
        let first = try Split.leaveOneOut(ratings, seed: 1).testSet()
        #expect(try Split.leaveOneOut(ratings, seed: 1).testSet().heldOut == first.heldOut)
        #expect(try Split.leaveOneOut(ratings, seed: 2).testSet().heldOut != first.heldOut)
        // Every place of the row is about as likely.
        let places = first.users.map { user -> Double in
            let item = first.heldOut.items[first.heldOut.row(user).lowerBound]
            let row = ratings.row(user)
            let place = row.firstIndex { ratings.items[$0] == item } ?? row.lowerBound
            return (Double(place - row.lowerBound) + 0.5) / Double(row.count)
        }
        #expect(abs(places.reduce(0, +) / Double(places.count) - 0.5) < 0.02)
    }

    @Test func cutsWhereTheShareSays() throws {
        // Times 1 to 10, one each; and ten ratings of two times.
        let items = Array(0..<10 as Range<UInt32>)
        func cut(_ times: [UInt32], _ share: Double) throws -> SplitMethod {
            let ratings = RatingMatrix(
                itemCount: 10, rowStarts: [0, 10], items: items, rowCodes: [UInt8](repeating: 1, count: 10), rowTimes: times)
            return try Split.temporal(ratings, heldOutShare: share).method
        }
        #expect(try cut(items.map { $0 + 1 }, 0.3) == .temporal(cut: 8))
        #expect(try cut(items.map { ($0 + 1) << 16 }, 0.3) == .temporal(cut: 8 << 16))
        #expect(try cut(items.map { $0 < 5 ? 70_000 : 80_000 }, 0.5) == .temporal(cut: 80_000))
        #expect(try cut(items.map { $0 < 5 ? 70_000 : 80_000 }, 0.7) == .temporal(cut: 70_001))
        #expect(throws: SplitError.self) { try cut(items.map { $0 < 5 ? 70_000 : 80_000 }, 0.3) }
    }

    @Test func refusesToSplitByTimesThatAreNotKnown() {
        let ratings = RatingMatrix(itemCount: 2, rowStarts: [0, 2], items: [0, 1], rowCodes: [1, 1])
        #expect { try Split.leaveLastOut(ratings) } throws: { ($0 as? SplitError)?.code == .timesUnknown }
        #expect { try Split.temporal(ratings, cut: 3) } throws: { ($0 as? SplitError)?.code == .timesUnknown }
        #expect { try Split.temporal(ratings, heldOutShare: 1) } throws: { ($0 as? SplitError)?.code == .shareOutOfRange }
    }

    @Test func takesListsAsGiven() throws {
        let split = try Split.asGiven(
            training: [[3, 1], [0], []], validation: [[2]], test: [[0, 4, 3], [], [1], [2]], itemCount: 5)
        let test = split.testSet()
        #expect(Array(test.training.items) == [1, 2, 3, 0])
        #expect(Array(test.heldOut.items) == [0, 4, 1, 2])
        #expect(test.users == [0] && test.usersWithoutProfile == 2)
        let masked = split.testSet(validation: .masked)
        #expect(Array(masked.training.items) == [1, 3, 0] && Array(masked.masked.items) == [2])
        #expect(try Array(split.validationSet().set.heldOut.items) == [2])
        #expect { try Split.asGiven(training: [[5]], test: [[1]], itemCount: 5) } throws: {
            ($0 as? SplitError)?.code == .itemOutOfRange
        }
        #expect(throws: SplitError.self) { try Split.asGiven(training: [[0]], test: [[1]], itemCount: 2).validationSet() }
    }

    @Test func samplesUsersBySeed() throws {
        let set = try Split.leaveLastOut(RatingMatrix.random(seed: 6, users: 200)).testSet()
        let sample = set.sample(50, seed: 3)
        #expect(sample.users.count == 50 && sample.users == sample.users.sorted())
        #expect(Set(sample.users).isSubset(of: set.users))
        #expect(set.sample(50, seed: 3).users == sample.users)
        #expect(set.sample(50, seed: 4).users != sample.users)
    }
}
