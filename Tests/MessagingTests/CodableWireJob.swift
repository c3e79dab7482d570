import Foundation
import Jobs
import Recommenders
import ServiceRuntime

@testable import Messaging

/// The wire form as `Codable` writes and reads it: slow, and what the first gateways and workers did.
struct CodableWireJob: Codable {
    private var version = JobCoding.formatVersion
    private var id: JobID
    private var createdAt: Timestamp
    private var deadlineAt: Timestamp?
    /// Missing for the interactive one.
    private var lane: JobLane?
    private var kind: JobKind
    private var user: UserID?
    private var updates: [WireUpdate]?
    private var refresh: Bool?
    private var guest: [WireRating]?
    private var query: WireQuery?

    private enum CodingKeys: String, CodingKey {
        case version = "v"
        case id
        case createdAt = "at"
        case deadlineAt = "by"
        case lane
        case kind
        case user
        case updates = "set"
        case refresh
        case guest
        case query = "q"
    }

    init(_ job: Job) {
        id = job.id
        createdAt = job.createdAt
        deadlineAt = job.deadlineAt
        lane = job.lane == .interactive ? nil : job.lane
        kind = job.kind
        user = job.user
        switch job.task {
        case .updateRatings(_, let updates, let refresh):
            if updates.contains(where: { $0.change == .dismissed }) { version = JobCoding.dismissalFormatVersion }
            self.updates = updates.map(WireUpdate.init)
            self.refresh = refresh
        case .removeUser, .findSimilarUsers: break  // which it does not know
        case .recommend(let audience, let query):
            if case .guest(let ratings) = audience { guest = ratings.map(WireRating.init) }
            self.query = query.isDefault ? nil : WireQuery(query)
        }
    }

    static func encode(_ job: Job) throws -> [UInt8] { Array(try JSONEncoder().encode(CodableWireJob(job))) }

    static func decode(_ bytes: [UInt8]) throws -> Job { try JSONDecoder().decode(Self.self, from: Data(bytes)).job() }

    func job() throws(MessagingError) -> Job {
        Job(id: id, createdAt: createdAt, deadlineAt: deadlineAt, lane: lane ?? .interactive, task: try task())
    }

    private func task() throws(MessagingError) -> Job.Task {
        switch (kind, user, guest) {
        case (.ratings, let user?, nil):
            guard let updates, let refresh else { break }
            return .updateRatings(
                user: user, updates: try updates.map { (update) throws(MessagingError) in try update.update() }, refresh: refresh)
        case (.recommendations, let user?, nil):
            return .recommend(.user(user), try query?.query() ?? RecommendationQuery())
        case (.recommendations, nil, let guest?):
            return .recommend(.guest(guest.map(\.rating)), try query?.query() ?? RecommendationQuery())
        default: break
        }
        throw MessagingError(.malformed, "a job of kind \(kind.rawValue) with parts missing or too many")
    }
}

private struct WireUpdate: Codable {
    let item: ItemID
    let value: Double?
    let version: RatingVersion
    /// Missing where it is false.
    let isDismissed: Bool?

    private enum CodingKeys: String, CodingKey { case item = "i", value = "r", version = "v", isDismissed = "x" }

    init(_ update: RatingUpdate) {
        item = update.item
        value = update.rating
        version = update.version
        isDismissed = update.change == .dismissed ? true : nil
    }

    func update() throws(MessagingError) -> RatingUpdate {
        guard isDismissed == true else { return RatingUpdate(item: item, rating: value, version: version) }
        guard value == nil else { throw MessagingError(.malformed, "an item that is both rated and dismissed") }
        return RatingUpdate(item: item, change: .dismissed, version: version)
    }
}

private struct WireRating: Codable {
    let item: ItemID
    let value: Double

    private enum CodingKeys: String, CodingKey { case item = "i", value = "r" }

    init(_ rating: Job.GuestRating) {
        item = rating.item
        value = rating.rating
    }

    var rating: Job.GuestRating { Job.GuestRating(item: item, rating: value) }
}

private struct WireQuery: Codable {
    let count: Int?
    let algorithm: Algorithm?
    let similarity: Similarity?
    let neighbours: Int?
    let genres: [String]?

    private enum CodingKeys: String, CodingKey {
        case count = "n", algorithm = "alg", similarity = "sim", neighbours = "k", genres = "g"
    }

    init(_ query: RecommendationQuery) {
        count = query.count
        algorithm = query.algorithm
        similarity = query.similarity
        neighbours = query.neighbours
        genres = query.genres
    }

    func query() throws(MessagingError) -> RecommendationQuery {
        guard count.map(RecommendationQuery.countRange.contains) ?? true,
            neighbours.map(RecommendationQuery.neighboursRange.contains) ?? true
        else { throw MessagingError(.malformed, "a count out of its range") }
        return RecommendationQuery(
            count: count, algorithm: algorithm, similarity: similarity, neighbours: neighbours, genres: genres)
    }
}
