import Testing

@testable import Recommenders

@Suite struct CoOccurrencesTests {
    private let scale = RatingScale.halfStars

    /// By pair of item indices, from the definition. `leavingOut` as in the initializer.
    private func naive(
        _ ratings: RatingMatrix, adjusted: Bool, lowest: Double, closeness: (halfLife: Double, reach: Int)?, damping: Double,
        leavingOut: [Int: Int]
    ) -> [[Double]] {
        var sums = [[Double]](repeating: .init(repeating: 0, count: ratings.itemCount), count: ratings.itemCount)
        for user in 0..<ratings.userCount {
            let row = ratings.row(user)
            let mean = row.map { Double(ratings.rowCodes[$0]) }.reduce(0, +) / Double(row.count)
            let kept = row.filter { leavingOut[user] != $0 }
            func weight(_ place: Int) -> Double {
                let code = Double(ratings.rowCodes[place])
                return adjusted ? code - mean + 1 : lowest + (1 - lowest) * (code - 1) / 9
            }
            func rank(_ place: Int) -> Int { row.count { ratings.rowTimes[$0] < ratings.rowTimes[place] } }
            for place in kept {
                for other in kept where other != place {
                    var nearness = 1.0
                    if let (halfLife, reach) = closeness {
                        let last = 1 / (1 + Double(reach) / halfLife)
                        let distance = Double(abs(rank(place) - rank(other)))
                        nearness = max(0, (1 / (1 + distance / halfLife) - last) / (1 - last))
                    }
                    sums[Int(ratings.items[place])][Int(ratings.items[other])] +=
                        weight(place) * weight(other) * nearness / pow(Double(kept.count), damping)
                }
            }
        }
        return sums
    }

    private func pow(_ base: Double, _ half: Double) -> Double { half == 0 ? 1 : half == 1 ? base : base.squareRoot() }

    private func rows(_ pairs: CoOccurrences, _ direction: CoOccurrences.Direction) -> [[Float]] {
        (0..<pairs.itemCount).map { item in
            [Float](unsafeUninitializedCapacity: pairs.itemCount) { buffer, count in
                buffer.initialize(repeating: 0)
                pairs.add(item, direction, to: buffer)
                count = pairs.itemCount
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func agreesWithTheDefinition(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let ratings = RandomDataset.matrix(
            users: Int.random(in: 1..<20, using: &generator), items: Int.random(in: 1..<25, using: &generator),
            density: Double.random(in: 0.1...1, using: &generator), seed: seed)
        let closeness: (halfLife: Double, reach: Int)? = [nil, (3, 4), (2, 50)][Int(seed % 3)]
        let damping = [0, 0.5, 1][Int(seed / 3 % 3)]
        let isAdjusted = seed % 4 == 3
        var leavingOut: [Int: Int] = [:]
        if seed % 2 == 0, let user = (0..<ratings.userCount).first(where: { ratings.row($0).count > 1 }) {
            leavingOut[user] = ratings.row(user).randomElement(using: &generator)
        }
        let expected = naive(
            ratings, adjusted: isAdjusted, lowest: 0.3, closeness: closeness, damping: damping, leavingOut: leavingOut)
        var all: [[[Float]]] = []
        for threads in [1, 3] {
            let pairs = CoOccurrences(
                ratings, scale: scale, weighting: isAdjusted ? .aboveMean : .opinion(Opinion(lowest: 0.3)),
                closeness: closeness.map { Closeness(halfLife: $0.halfLife, reach: $0.reach) } ?? .ignored, userDamping: damping,
                leavingOut: leavingOut, threads: threads)
            let both = rows(pairs, .both)
            let later = rows(pairs, .later)
            for (place, item) in pairs.itemsByRank.enumerated() {
                for (otherPlace, other) in pairs.itemsByRank.enumerated() where other != item {
                    let sum = expected[Int(item)][Int(other)]
                    #expect(abs(Double(both[place][otherPlace]) - sum) < 1e-5 * max(1, abs(sum)))
                    #expect(abs(Double(later[place][otherPlace] + later[otherPlace][place]) - sum) < 1e-5 * max(1, abs(sum)))
                }
            }
            all.append(both)
        }
        #expect(all[0] == all[1])
    }

    @Test func coversTheMostRated() {
        let ratings = RatingMatrix(
            itemCount: 5, rowStarts: [0, 3, 5, 7], items: [0, 2, 4, 2, 4, 1, 4], rowCodes: [1, 2, 3, 4, 5, 6, 7])
        #expect(CoOccurrences(ratings, scale: scale).itemsByRank == [4, 2, 0, 1])
        let two = CoOccurrences(ratings, scale: scale, limit: 2)
        #expect(two.itemsByRank == [4, 2])
        #expect(rows(two, .both) == [[0, 2], [2, 0]])
        #expect(two.squares() == [3, 2])
    }

    @Test func knowsNoDistanceWithoutTimes() {
        let ratings = RatingMatrix(itemCount: 4, rowStarts: [0, 4], items: [0, 1, 2, 3], rowCodes: [1, 1, 1, 1])
        let pairs = CoOccurrences(ratings, scale: scale, closeness: Closeness(halfLife: 1, reach: 2))
        #expect(rows(pairs, .both)[3] == [1, 1, 1, 0])
    }
}
