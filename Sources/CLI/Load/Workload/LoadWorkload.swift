import Foundation
import NIOCore
import NIOHTTP1
import Recommenders

/// Thinks of one request after the other; the same seed thinks of the same ones.
struct LoadWorkload {
    /// How many items "rate several" rates.
    static let severalCount = 5

    private let mix: LoadMix
    private let population: LoadPopulation
    private let users: ZipfSampler
    private let items: ZipfSampler
    private var random: SplitMix64
    private let encodedPrefix: String
    private let encodedItems: [String]
    private let encodedWords: [String]
    /// Ids of jobs that were accepted of late, of which status reads ask for one.
    private var recentJobs: [String]
    private var nextRecentJob = 0

    init(_ mix: LoadMix, _ population: LoadPopulation, skew: Double, seed: UInt64) {
        self.mix = mix
        self.population = population
        users = ZipfSampler(count: max(population.userCount, 1), skew: skew)
        items = ZipfSampler(count: population.items.count, skew: skew)
        random = SplitMix64(seed: seed)
        recentJobs = population.job.map { [$0] } ?? []
        encodedPrefix = population.prefix.percentEncoded
        encodedItems = population.items.map(\.percentEncoded)
        encodedWords = population.words.map(\.percentEncoded)
    }

    mutating func remember(job: String) {
        if recentJobs.count < 256 {
            recentJobs.append(job)
        } else {
            recentJobs[nextRecentJob] = job
            nextRecentJob = (nextRecentJob + 1) % recentJobs.count
        }
    }

    mutating func next() -> LoadDraft {
        let operation = mix.next(&random)
        switch operation {
        case .catalogue: return LoadDraft(operation: operation, method: .GET, path: "/v1/catalogue")
        case .items: return LoadDraft(operation: operation, method: .GET, path: "/v1/items")
        case .search:
            guard !encodedWords.isEmpty else { return itemRead() }
            let word = encodedWords[random.next(in: 0..<encodedWords.count)]
            return LoadDraft(operation: operation, method: .GET, path: "/v1/items?query=\(word)")
        case .item: return itemRead()
        case .profile: return LoadDraft(operation: operation, method: .GET, path: "\(userPath(nextUser()))/ratings")
        case .list: return LoadDraft(operation: operation, method: .GET, path: "\(userPath(nextUser()))/recommendations")
        case .job:
            // Before the first job there is none to ask for.
            guard !recentJobs.isEmpty else { return itemRead() }
            let job = recentJobs[random.next(in: 0..<recentJobs.count)]
            return LoadDraft(operation: operation, method: .GET, path: "/v1/jobs/\(job)")
        case .rate: return rating()
        case .rateSeveral: return severalRatings()
        case .recommend, .recommendLater:
            return LoadDraft(operation: operation, method: .POST, path: "\(userPath(nextUser()))/recommendations")
        }
    }

    private mutating func itemRead() -> LoadDraft {
        LoadDraft(operation: .item, method: .GET, path: "/v1/items/\(encodedItems[nextItem()])")
    }

    private mutating func rating() -> LoadDraft {
        let (user, item, rating) = (nextUser(), nextItem(), nextRating())
        return LoadDraft(
            operation: .rate, method: .PUT, path: "\(userPath(user))/ratings/\(encodedItems[item])",
            body: ByteBuffer(string: "{\"rating\":\(rating)}"), ratings: [(population.items[item], rating)],
            user: "\(population.prefix)\(user)")
    }

    private mutating func severalRatings() -> LoadDraft {
        let user = nextUser()
        var ratings: [(item: String, rating: Double)] = []
        for _ in 0..<Self.severalCount {
            let item = population.items[nextItem()]
            guard !ratings.contains(where: { $0.item == item }) else { continue }
            ratings.append((item, nextRating()))
        }
        let elements = ratings.map { "{\"item\":\($0.item.jsonLiteral),\"rating\":\($0.rating)}" }
        return LoadDraft(
            operation: .rateSeveral, method: .POST, path: "\(userPath(user))/ratings",
            body: ByteBuffer(string: "{\"ratings\":[\(elements.joined(separator: ","))]}"), ratings: ratings,
            user: "\(population.prefix)\(user)")
    }

    private func userPath(_ number: Int) -> String { "/v1/users/\(encodedPrefix)\(number)" }

    private mutating func nextUser() -> Int { users.next(&random) }

    private mutating func nextItem() -> Int { items.next(&random) - 1 }

    private mutating func nextRating() -> Double {
        population.scale.minimum + Double(random.next(in: 0..<population.scale.count)) * population.scale.step
    }
}

extension String {
    /// Everything but RFC 3986's unreserved characters becomes an escape.
    var percentEncoded: String {
        let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return addingPercentEncoding(withAllowedCharacters: unreserved) ?? self
    }

    /// As JSON has it, in quotation marks.
    var jsonLiteral: String { JSON.string(self).description }
}
