import Recommenders
import Testing

/// A random rating matrix and profiles to try on it, the same ones every time.
struct UserNeighborSample: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let scale: RatingScale
    let itemCount: Int
    /// By user, every item's code.
    let users: [[UInt32: UInt8]]
    /// By user, every item's time; 0 where no time is known.
    let times: [[UInt32: UInt32]]
    let profiles: [Profile]

    /// The same ratings for the fast algorithm …
    var matrix: RatingMatrix {
        var starts = [0]
        var items: [UInt32] = []
        var codes: [UInt8] = []
        var rowTimes: [UInt32] = []
        for (user, ratings) in users.enumerated() {
            for (item, code) in ratings.sorted(by: { $0.key < $1.key }) {
                items.append(item)
                codes.append(code)
                rowTimes.append(times[user][item]!)
            }
            starts.append(items.count)
        }
        return RatingMatrix(itemCount: itemCount, rowStarts: starts, items: items, rowCodes: codes, rowTimes: rowTimes)
    }

    var recommender: UserNeighborRecommender { UserNeighborRecommender(ratings: matrix, scale: scale) }

    /// … and for the naive one.
    var naive: NaiveUserNeighbors {
        NaiveUserNeighbors(users: users.map { $0.mapValues(scale.value) }, times: times, scale: scale)
    }

    func ratings(of profile: Profile) -> [UInt32: Double] {
        Dictionary(uniqueKeysWithValues: zip(profile.items, profile.codes.map(scale.value)))
    }

    func times(of profile: Profile) -> [UInt32: UInt32] {
        Dictionary(uniqueKeysWithValues: zip(profile.items, profile.times))
    }

    init(
        _ description: String, scale: RatingScale, itemCount: Int, users: [[UInt32: UInt8]], times: [[UInt32: UInt32]]? = nil,
        profiles: [Profile] = []
    ) {
        self.testDescription = description
        self.scale = scale
        self.itemCount = itemCount
        self.users = users
        let times = times ?? users.map { $0.mapValues { _ in 0 } }
        self.times = times
        self.profiles = profiles + users.indices.prefix(2).map { Profile(users[$0], times: times[$0], row: UInt32($0)) }
    }

    init(_ name: String, seed: UInt64, users userCount: Int, items itemCount: Int, density: Double, scale: RatingScale) {
        var random = SeededGenerator(seed)
        func ratings(_ density: Double, _ random: inout SeededGenerator) -> [UInt32: UInt8] {
            var ratings: [UInt32: UInt8] = [:]
            for item in 0..<UInt32(itemCount) where Double.random(in: 0..<1, using: &random) < density {
                ratings[item] = UInt8.random(in: 1...scale.maximumCode, using: &random)
            }
            return ratings
        }
        let users = (0..<userCount).map { _ in ratings(density * Double.random(in: 0...2, using: &random), &random) }
        var changed = users.first ?? [:]
        changed[0] = changed[0] == 1 ? nil : 1
        self.init(
            "\(name), seed \(seed)", scale: scale, itemCount: itemCount, users: users,
            profiles: [
                Profile([:]), Profile(changed, row: users.isEmpty ? nil : 0), Profile(ratings(density, &random)),
                Profile(ratings(0.1, &random)), Profile(ratings(1, &random)),
            ])
    }

    /// The same with times over `span` seconds, so that a short one has many ties; every fifth user has one time for all.
    func timed(span: UInt32) -> UserNeighborSample {
        var random = SeededGenerator(UInt64(span))
        func times(_ items: [UInt32]) -> [UInt32: UInt32] {
            var times: [UInt32: UInt32] = [:]
            for item in items.sorted() { times[item] = 1_000_000_000 + UInt32.random(in: 0..<span, using: &random) }
            return times
        }
        let all = users.enumerated().map { user, ratings in
            user % 5 == 4 ? ratings.mapValues { _ in 7 } : times(Array(ratings.keys))
        }
        let profiles = profiles.dropLast(min(users.count, 2)).map { profile in
            let times = times(profile.items)
            return Profile(items: profile.items, codes: profile.codes, times: profile.items.map { times[$0]! }, row: profile.row)
        }
        return UserNeighborSample(
            "\(testDescription), over \(span) s", scale: scale, itemCount: itemCount, users: users, times: all, profiles: profiles
        )
    }

    static let oneToFive = RatingScale(minimum: 1, maximum: 5, step: 1)!
    static let fine = RatingScale(minimum: 1, maximum: 255, step: 1)!
    static let aroundZero = RatingScale(minimum: -10, maximum: 10, step: 0.5)!
    static let thumbsUp = RatingScale(minimum: 1, maximum: 1, step: 1)!

    static let all: [UserNeighborSample] = {
        var samples: [UserNeighborSample] = []
        for seed in UInt64(1)...2 {
            samples += [
                UserNeighborSample("half stars", seed: seed, users: 40, items: 60, density: 0.3, scale: .halfStars),
                UserNeighborSample("sparse", seed: seed, users: 60, items: 100, density: 0.08, scale: .halfStars),
                UserNeighborSample("many users, few items", seed: seed, users: 80, items: 12, density: 0.4, scale: oneToFive),
                UserNeighborSample("few users, many items", seed: seed, users: 6, items: 150, density: 0.5, scale: .halfStars),
                UserNeighborSample("1 to 255", seed: seed, users: 30, items: 80, density: 0.4, scale: fine),
                UserNeighborSample("1 to 255, long rows", seed: seed, users: 5, items: 400, density: 0.5, scale: fine),
                UserNeighborSample("-10 to 10", seed: seed, users: 30, items: 50, density: 0.4, scale: aroundZero),
                UserNeighborSample("one value", seed: seed, users: 30, items: 50, density: 0.3, scale: thumbsUp),
            ]
        }
        let rated: [UInt32: UInt8] = [0: 10, 1: 3, 2: 7, 5: 1]
        samples += [
            UserNeighborSample("nobody", seed: 1, users: 0, items: 10, density: 0, scale: .halfStars),
            UserNeighborSample("one user", seed: 1, users: 1, items: 10, density: 0.5, scale: .halfStars),
            UserNeighborSample("nobody rated", seed: 1, users: 5, items: 10, density: 0, scale: .halfStars),
            UserNeighborSample(
                "identical users", scale: .halfStars, itemCount: 6, users: [[UInt32: UInt8]](repeating: rated, count: 9),
                profiles: [Profile([0: 10, 1: 3]), Profile([0: 3, 1: 10]), Profile([2: 7])]),
            UserNeighborSample(
                "all ratings equal", scale: .halfStars, itemCount: 9,
                users: (2..<9).map { user in [0: 8, 1: 8, user: 8] },
                profiles: [Profile([0: 8, 1: 8]), Profile([0: 8, 8: 8])]),
        ]
        return samples + [0, 1, 5, 6].flatMap { [samples[$0].timed(span: 9), samples[$0].timed(span: 1_500_000_000)] }
    }()
}

extension Profile {
    init(_ ratings: [UInt32: UInt8], times: [UInt32: UInt32] = [:], row: UInt32? = nil) {
        let sorted = ratings.sorted { $0.key < $1.key }
        self.init(
            items: sorted.map(\.key), codes: sorted.map(\.value), times: sorted.map { times[$0.key, default: 0] }, row: row)
    }
}
