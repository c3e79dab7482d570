import Testing

@testable import Recommenders

struct QuestionnaireTests {
    /// Two halves who rate nothing in common but items 0 and 1: all love 0; what they think of 1 tells the halves apart.
    static let split: RatingMatrix = {
        var (starts, items, codes): ([Int], [UInt32], [UInt8]) = ([0], [], [])
        for user in 0..<40 {
            let half = UInt32(user % 2)
            let own = (0..<12).map { 2 + half * 12 + UInt32($0) }
            items += [0, 1] + own
            codes += [9, half == 0 ? 10 : 1] + own.map { _ in 6 }
            starts.append(items.count)
        }
        return RatingMatrix(itemCount: 26, rowStarts: starts, items: items, rowCodes: codes)
    }()

    @Test func asksFirstWhatSplitsTheCommunity() {
        #expect(Questionnaire(Self.split, count: 1).items == [1])
        #expect(Questionnaire(Self.split, count: 1, order: .popular).items == [0])
        #expect(Questionnaire(Self.split, count: 1, order: .entropy).items == [1])
    }

    @Test(arguments: Questionnaire.Order.allCases) func asksOfEachRatedItemOnce(order: Questionnaire.Order) {
        let ratings = RandomDataset.matrix(users: 40, items: 30, density: 0.05, seed: 6)
        let all = Questionnaire(ratings, count: 1000, order: order).items
        #expect(all.sorted() == (0..<30).filter { !ratings.column(Int($0)).isEmpty })
        for count in [0, 1, 7] { #expect(Questionnaire(ratings, count: count, order: order).items == Array(all.prefix(count))) }
    }

    /// With sets, one user and one item after the other.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func choosesAsTheObviousWay(seed: UInt64) {
        let ratings = RandomDataset.matrix(users: 60, items: 25, density: 0.3, seed: seed)
        let users = (0..<60).filter { ratings.row($0).count > 1 }
        let rated = users.map { Set(ratings.items[ratings.row($0)]) }
        let isLiked = { (user: Int, item: UInt32) -> Bool in
            let profile = ratings.profile(of: user)
            let mean = Double(profile.codes.reduce(0) { $0 + Int($1) }) / Double(profile.codes.count)
            return Double(profile.code(of: item)!) >= mean
        }
        func list(_ group: [Int], without item: UInt32?) -> Set<UInt32> {
            var counts = [UInt32: Int]()
            for user in group { for item in rated[user] { counts[item, default: 0] += 1 } }
            if let item { counts[item] = nil }
            return Set(counts.keys.sorted { (counts[$0]!, $1) > (counts[$1]!, $0) }.prefix(10))
        }
        var hits = rated.map { $0.intersection(list(Array(users.indices), without: nil)).count }
        var found: [UInt32: [Int: Int]] = [:]
        for item in 0..<UInt32(25) {
            let knowing = users.indices.filter { rated[$0].contains(item) }
            var groups = [knowing.filter { isLiked(users[$0], item) }, knowing.filter { !isLiked(users[$0], item) }]
            if groups.contains(where: { $0.count < 5 }) { groups = [knowing] }
            for group in groups where group.count >= 5 {
                let list = list(group, without: item)
                for user in group { found[item, default: [:]][user] = rated[user].intersection(list).count }
            }
        }
        var chosen: [UInt32] = []
        while chosen.count < 6 {
            let gains = found.mapValues { $0.reduce(0) { $0 + max(0, $1.value - hits[$1.key]) } }
            // Of equal gains what is rated more, then the lower index.
            guard
                let best = gains.filter({ $0.value > 0 && !chosen.contains($0.key) }).max(by: {
                    ($0.value, ratings.column(Int($0.key)).count, $1.key) < ($1.value, ratings.column(Int($1.key)).count, $0.key)
                })?.key
            else { break }
            chosen.append(best)
            for (user, count) in found[best]! { hits[user] = max(hits[user], count) }
        }
        #expect(chosen.count > 2)
        #expect(Array(Questionnaire(ratings, count: chosen.count).items) == chosen)
    }
}
