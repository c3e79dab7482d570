import Testing

@testable import Recommenders

/// A data set and what was said since, drawn from few users and items, so that all that can happen does.
struct CompactionSample {
    struct Word {
        let user: UserID
        let update: RatingUpdate
    }

    /// By user and item: value and time.
    typealias Ratings = [String: [String: (code: UInt8, time: UInt32)]]

    let base: Dataset
    let words: [Word]
    /// Users who were removed, some of whom nobody knows.
    let removed: Set<UserID>

    /// - Parameter onlyRatings: nothing is taken back or dismissed.
    init(seed: UInt64, hasTimes: Bool = true, onlyRatings: Bool = false) throws {
        var generator = SeededGenerator(seed)
        let (users, items) = (Int.random(in: 1...12, using: &generator), Int.random(in: 1...10, using: &generator))
        var starts = [0]
        var (rowItems, codes, times): ([UInt32], [UInt8], [UInt32]) = ([], [], [])
        for _ in 0..<users {
            for item in 0..<items where Bool.random(using: &generator) {
                rowItems.append(UInt32(item))
                codes.append(.random(in: 1...10, using: &generator))
                times.append(hasTimes ? .random(in: 1...40, using: &generator) : 0)
            }
            starts.append(rowItems.count)
        }
        let matrix = RatingMatrix(itemCount: items, rowStarts: starts, items: rowItems, rowCodes: codes, rowTimes: times)
        base = Dataset(
            name: "sample \(seed)", scale: .halfStars, users: Vocabulary(try (0..<users).map { try UserID("u\($0)") }),
            items: Vocabulary(try (0..<items).map { try ItemID("i\($0)") }), ratings: matrix,
            catalogue: Catalogue(
                itemKind: "film", entries: (0..<items).map { CatalogueEntry(title: "Film \($0)", year: 1990, genres: ["a"]) }))
        removed =
            try onlyRatings
            ? [] : Set((0..<users + 7).map { try UserID("u\($0)") }.filter { _ in Int.random(in: 0..<6, using: &generator) == 0 })
        words = try (0..<Int.random(in: 0...150, using: &generator)).map { number in
            let value = Double(Int.random(in: 1...10, using: &generator)) / 2
            let kind = onlyRatings ? 0 : Int.random(in: 0..<5, using: &generator)
            return Word(
                user: try UserID("u\(Int.random(in: 0..<users + 5, using: &generator))"),
                update: RatingUpdate(
                    item: try ItemID("i\(Int.random(in: 0..<items + 3, using: &generator))"),
                    change: kind == 0 || kind == 1
                        ? .rated(value) : kind == 2 ? .removed : kind == 3 ? .dismissed : .rated(value),
                    // No version twice, and often several in a second.
                    version: RatingVersion(
                        clock: UInt64.random(in: 10...60, using: &generator) * 1000 << 20 | UInt64(number),
                        origin: .random(in: 1...2, using: &generator))))
        }
    }

    /// The plain way: what a table of all ratings would hold.
    var merged: Ratings {
        var merged = ratings(of: base)
        var last: [String: [String: RatingUpdate]] = [:]
        for word in words {
            let (user, item) = (word.user.rawValue, word.update.item.rawValue)
            if let known = last[user]?[item], known.version > word.update.version { continue }
            last[user, default: [:]][item] = word.update
        }
        for (user, updates) in last {
            for (item, update) in updates {
                let time = UInt32(update.version.milliseconds / 1000)
                if let old = merged[user]?[item], old.time > time { continue }
                let code = update.rating.flatMap { base.scale.code(for: $0) }
                merged[user, default: [:]][item] = code.map { ($0, time) }
            }
        }
        return merged.filter { user, items in !items.isEmpty && !removed.contains { $0.rawValue == user } }
    }
}

func ratings(of dataset: Dataset) -> CompactionSample.Ratings {
    var ratings: CompactionSample.Ratings = [:]
    for user in 0..<dataset.ratings.userCount {
        for place in dataset.ratings.row(user) {
            let item = dataset.items[dataset.ratings.items[place]].rawValue
            ratings[dataset.users[UInt32(user)].rawValue, default: [:]][item] = (
                dataset.ratings.rowCodes[place], dataset.ratings.rowTimes[place]
            )
        }
    }
    return ratings
}

func areEqual(_ left: CompactionSample.Ratings, _ right: CompactionSample.Ratings) -> Bool {
    left.count == right.count
        && left.allSatisfy { user, items in
            guard let other = right[user], other.count == items.count else { return false }
            return items.allSatisfy { item, rating in other[item].map { $0 == rating } ?? false }
        }
}
