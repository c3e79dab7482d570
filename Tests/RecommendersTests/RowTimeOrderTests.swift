import Testing

@testable import Recommenders

@Suite struct RowTimeOrderTests {
    @Test(arguments: UserNeighborSample.all) func ordersEveryRow(sample: UserNeighborSample) throws {
        let matrix = sample.matrix
        guard matrix.hasTimes else {
            #expect(matrix.orderedInTime() == nil)
            return
        }
        let order = try #require(matrix.orderedInTime())
        for user in 0..<matrix.userCount {
            let times = Array(matrix.rowTimes[matrix.row(user)])
            let expected = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
            #expect(order[matrix.row(user)].map { Int($0) } == expected)
        }
        #expect(matrix.isOrderedInTime(order))
    }

    /// One user more than a step, and one row longer than 16 bits can tell.
    @Test func leavesOutRowsThatAreTooLong() throws {
        let long = RatingMatrix.longestOrderedRow + 1
        let starts = [0, 2, 2 + long, 3 + long] + (0..<1100).map { 4 + long + $0 }
        let items = [0, 1] + (0..<UInt32(long)) + [5] + (0..<1100).map { _ in 7 }
        var random = SeededGenerator(8)
        let matrix = RatingMatrix(
            itemCount: long, rowStarts: starts, items: items, rowCodes: items.map { _ in 1 },
            rowTimes: [9, 3] + items.dropFirst(2).map { _ in UInt32.random(in: 0...99, using: &random) })
        let order = try #require(matrix.orderedInTime())
        #expect(Array(order[..<2]) == [1, 0])
        #expect(order[2..<2 + long].allSatisfy { $0 == 0 })
        #expect(matrix.isOrderedInTime(order))
        // It is sorted when it is asked for, like all rows of a matrix that keeps no order.
        let kept = matrix.keeping(order)
        let parameters = UserNeighborParameters.usual(for: .jaccard, timesKnown: true)
        let profile = Profile([0: 1, 1: 1, 9: 1], times: [0: 4, 1: 5, 9: 6])
        let lists = try [matrix, kept].map {
            try UserNeighborRecommender(ratings: $0, scale: .halfStars).recommend(for: profile, count: 30, parameters: parameters)
        }
        #expect(lists[0] == lists[1])
        #expect(lists[0].items.count == 30)
    }

    @Test(arguments: UserNeighborSample.all) func makesTheSameListsKeptOrNot(sample: UserNeighborSample) throws {
        let matrix = sample.matrix
        let recommenders = [matrix, matrix.keeping(matrix.orderedInTime())].map {
            UserNeighborRecommender(ratings: $0, scale: sample.scale)
        }
        for profile in sample.profiles {
            for parameters in UserNeighborRecommenderTests.parameters where parameters.succession != nil {
                let lists = try recommenders.map { try $0.recommend(for: profile, count: 9, parameters: parameters) }
                #expect(lists[0] == lists[1])
            }
        }
    }

    @Test func knowsWhatIsNoOrder() throws {
        let matrix = RandomDataset.matrix(users: 6, items: 8, density: 0.6, seed: 3)
        let order = Array(try #require(matrix.orderedInTime()))
        #expect(!matrix.isOrderedInTime(FlatArray(order.dropLast())))
        for place in order.indices {
            for wrong in [0, 1, 2, 7, 8, 0xFFFF] as [UInt16] where wrong != order[place] {
                var changed = order
                changed[place] = wrong
                #expect(!matrix.isOrderedInTime(FlatArray(changed)))
            }
        }
        for user in 0..<matrix.userCount {
            for place in matrix.row(user).dropFirst() {
                var changed = order
                changed.swapAt(place - 1, place)
                #expect(!matrix.isOrderedInTime(FlatArray(changed)))
            }
        }
    }
}

extension RatingMatrix {
    func keeping(_ timeOrder: FlatArray<UInt16>?) -> RatingMatrix {
        RatingMatrix(
            rowStarts: rowStarts, items: items, rowCodes: rowCodes, rowTimes: rowTimes, columnStarts: columnStarts, users: users,
            columnCodes: columnCodes, timeOrder: timeOrder)
    }
}
