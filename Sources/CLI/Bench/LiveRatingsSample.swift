import Recommenders

/// What a community may have said since its ratings file was written: everybody something, mostly of what is rated most, all of it later.
///
/// Of a hundred words two are of new users, one is of a new item, three take back and one dismisses; whom and what they are about is left to
/// chance, so that some change what was rated before.
struct LiveRatingsSample {
    let dataset: Dataset
    let count: Int
    let seed: UInt64

    /// In the order in which they were said.
    var words: [LiveWord] {
        var generator = SplitMix64(seed: seed)
        let ratings = dataset.ratings
        let start = (UInt64(ratings.rowTimes.max() ?? 0) + 1) * 1000
        let (newUsers, newItems) = (max(1, count / 200), max(1, count / 1000))
        return (0..<count).map { number in
            let isNewUser = generator.next(in: 0..<100) < 2 || ratings.userCount == 0
            let isNewItem = generator.next(in: 0..<100) < 1 || ratings.ratingCount == 0
            let user =
                isNewUser
                ? UserID(checked: "new-\(generator.next(in: 0..<newUsers))")
                : dataset.users[UInt32(generator.next(in: 0..<ratings.userCount))]
            let item =
                isNewItem
                ? ItemID(checked: "new-\(generator.next(in: 0..<newItems))")
                : dataset.items[ratings.items[generator.next(in: 0..<ratings.ratingCount)]]
            let code = UInt8(1 + generator.next(in: 0..<Int(dataset.scale.maximumCode)))
            let kind = generator.next(in: 0..<100)
            let change: RatingChange =
                kind < 3 ? .removed : kind < 4 ? .dismissed : .rated(dataset.scale.value(of: code))
            // One every fifth of a second.
            let version = RatingVersion(milliseconds: start + UInt64(number) * 200, origin: 1)
            return .said(user, RatingUpdate(item: item, change: change, version: version))
        }
    }
}
