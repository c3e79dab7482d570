import Recommenders

/// The latest rating of a few users, left out in training so that a figure may be had of it: of one rating in a thousand, at most 500.
struct HeldOutSample: Sendable {
    /// Ascending.
    let users: [Int]
    /// By user, where in the rows of the matrix the rating stands.
    let places: [Int: Int]

    /// The same ones for the same ratings. Where a user's latest ratings have the same time it is one of them by chance.
    init(of ratings: RatingMatrix) {
        var candidates = (0..<ratings.userCount).filter { ratings.row($0).count > 1 }
        var generator = SplitMix64(seed: 1)
        let count = min(500, ratings.ratingCount / 1000, candidates.count)
        for place in 0..<count { candidates.swapAt(place, generator.next(in: place..<candidates.count)) }
        users = candidates[..<count].sorted()
        var places: [Int: Int] = [:]
        for user in users {
            let row = ratings.row(user)
            let latest = ratings.rowTimes[row].max() ?? 0
            let candidates = row.filter { ratings.rowTimes[$0] == latest }
            places[user] = candidates[generator.next(in: 0..<candidates.count)]
        }
        self.places = places
    }

    /// The profile of one of `users` without the rating that was left out, and that one's item.
    func split(_ user: Int, of ratings: RatingMatrix) -> (profile: Profile, item: UInt32)? {
        guard let place = places[user] else { return nil }
        let rest = ratings.row(user).filter { $0 != place }
        let profile = Profile(
            items: rest.map { ratings.items[$0] }, codes: rest.map { ratings.rowCodes[$0] },
            times: rest.map { ratings.rowTimes[$0] })
        return (profile, ratings.items[place])
    }
}
