import Testing

@testable import Recommenders

/// A data set, what was said since in an order in which it may be delivered, and the file that is rebuilt from both.
struct LiveSample {
    let base: Dataset
    /// In any order, some of them twice.
    let words: [LiveWord]
    let rebuilt: Dataset

    /// - Parameters:
    ///   - isFile: whether the data set was read from a file, which keeps the order of rows in time.
    ///   - hasTimes: where not, all is said in the first second of 1970.
    init(
        seed: UInt64, users userCount: Int = 90, items itemCount: Int = 60, density: Double = 0.25, words wordCount: Int = 500,
        isFile: Bool, hasTimes: Bool = true
    ) throws {
        var generator = SeededGenerator(seed)
        let folder = try TemporaryFolder()
        let times: ClosedRange<UInt32> = hasTimes ? 1_000...1_200 : 0...0
        base = try Self.base(userCount, itemCount, density, times, isFile ? folder : nil, seed, &generator)
        let users = try (0..<userCount + 12).map { try UserID("u\($0)") }
        var words: [LiveWord] = []
        for number in 0..<wordCount {
            let user = users[Int.random(in: 0..<users.count, using: &generator)]
            // Mostly the same few items, so that words meet.
            let item = try ItemID("i\(Int.random(in: 0..<itemCount + 8, using: &generator))")
            let change: RatingChange
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: change = .removed
            case 1: change = .dismissed
            // No place on the scale.
            case 2: change = .rated(99)
            default: change = .rated(Double(Int.random(in: 1...10, using: &generator)) / 2)
            }
            // Some before the file's ratings; often several in a second, but no version twice.
            let seconds = hasTimes ? UInt64.random(in: 1_150...1_260, using: &generator) : 0
            let version = RatingVersion(
                clock: (seconds * 1000) << 20 | UInt64(number), origin: .random(in: 1...2, using: &generator))
            words.append(.said(user, RatingUpdate(item: item, change: change, version: version)))
        }
        for user in users where Int.random(in: 0..<20, using: &generator) == 0 { words.append(.removed(user)) }
        words += words.filter { _ in Int.random(in: 0..<8, using: &generator) == 0 }
        self.words = words.shuffled(using: &generator)
        var compaction = RatingsCompaction(of: base, scratch: folder.path)
        for word in self.words {
            switch word {
            case .said(let user, let update): try compaction.add(update, of: user)
            case .removed(let user): compaction.remove(user)
            }
        }
        rebuilt = try compaction.finish(logOffset: nil).dataset
    }

    private static func base(
        _ userCount: Int, _ itemCount: Int, _ density: Double, _ times: ClosedRange<UInt32>, _ folder: TemporaryFolder?,
        _ seed: UInt64, _ generator: inout SeededGenerator
    ) throws -> Dataset {
        var starts = [0]
        var (items, codes, rowTimes): ([UInt32], [UInt8], [UInt32]) = ([], [], [])
        for _ in 0..<userCount {
            // Long and short rows, and some whose times are all alike.
            let density = density * Double.random(in: 0...2, using: &generator)
            let only = Int.random(in: 0..<6, using: &generator) == 0 ? UInt32.random(in: times, using: &generator) : nil
            for item in 0..<itemCount where Double.random(in: 0..<1, using: &generator) < density {
                items.append(UInt32(item))
                codes.append(.random(in: 1...10, using: &generator))
                rowTimes.append(only ?? .random(in: times, using: &generator))
            }
            starts.append(items.count)
        }
        let genres = ["Drama", "Comedy", "Crime"]
        let entries = (0..<itemCount).map { CatalogueEntry(title: "Film \($0)", year: 1990, genres: [genres[$0 % 3]]) }
        let dataset = Dataset(
            name: "sample \(seed)", scale: .halfStars, users: Vocabulary(try (0..<userCount).map { try UserID("u\($0)") }),
            items: Vocabulary(try (0..<itemCount).map { try ItemID("i\($0)") }),
            ratings: RatingMatrix(itemCount: itemCount, rowStarts: starts, items: items, rowCodes: codes, rowTimes: rowTimes),
            catalogue: Catalogue(itemKind: "film", entries: entries))
        guard let folder else { return dataset }
        try RatingsFileWriter.write(dataset, to: folder.file("base"))
        return try RatingsFileReader.read(folder.file("base"))
    }

    /// The words laid over the file in batches of random lengths.
    func live(seed: UInt64 = 0, limits: LiveLimits = LiveLimits()) -> LiveRatings {
        var generator = SeededGenerator(seed)
        let live = LiveRatings(over: base, limits: limits)
        apply(words, to: live, &generator)
        return live
    }

    func apply(_ words: [LiveWord], to live: LiveRatings, _ generator: inout SeededGenerator) {
        var rest = words[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...80, using: &generator)
            live.apply(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
    }

    /// Everybody who occurs, and somebody who does not.
    var everybody: [UserID] {
        var users = Set(base.users.ids)
        for word in words {
            switch word {
            case .said(let user, _), .removed(let user): users.insert(user)
            }
        }
        return users.union([UserID(checked: "nobody")]).sorted { $0.rawValue < $1.rawValue }
    }

    /// All that a user said.
    func said(by user: UserID) -> LiveProfile {
        LiveProfile(
            words.compactMap { word in
                guard case .said(let other, let update) = word, other == user else { return nil }
                return update
            })
    }
}
