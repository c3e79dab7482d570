import JSON
import Jobs
import Recommenders
import ServiceRuntime

/// Reads a job from bytes that may be anybody's. A key that is known may come once, one that is not is passed over; null is the same
/// as no key. What it throws says nothing of the content.
struct WireJobReader {
    typealias Malformed = JSONReader.Malformed

    private var id: JobID?
    private var createdAt: Timestamp?
    private var deadlineAt: Timestamp?
    private var lane = JobLane.interactive
    private var kind: JobKind?
    private var user: UserID?
    private var updates: [RatingUpdate]?
    private var refresh: Bool?
    private var removesUser = false
    private var guest: [Job.GuestRating]?
    private var group: [UserID]?
    private var findsUsers = false
    private var query: RecommendationQuery?

    /// What everything else depends on; where a gateway of ours wrote, it is the first member.
    static func version(in bytes: [UInt8]) throws(Malformed) -> Int {
        var reader = JSONReader(bytes)
        try reader.beginObject()
        while let name = try reader.nextName() {
            if name == WireKey.Job.version.rawValue { return try reader.integer() }
            try reader.skip()
        }
        throw reader.malformed("no version")
    }

    static func job(in bytes: [UInt8]) throws(Malformed) -> Job {
        var reader = JSONReader(bytes)
        var wire = WireJobReader()
        var seen = SeenKeys<WireKey.Job>()
        try reader.beginObject()
        while let name = try reader.nextName() {
            guard let key = try seen.key(name, &reader) else { continue }
            try wire.read(key, &reader)
        }
        try reader.end()
        guard let job = wire.job() else { throw reader.malformed("parts missing or too many") }
        return job
    }

    private mutating func read(_ key: WireKey.Job, _ reader: inout JSONReader) throws(Malformed) {
        switch key {
        case .version: _ = try reader.integer(Int.self)
        case .id: id = try reader.value { JobID($0) }
        case .createdAt: createdAt = Timestamp(milliseconds: try reader.integer())
        case .deadlineAt: deadlineAt = Timestamp(milliseconds: try reader.integer())
        case .lane: lane = try reader.value { JobLane(rawValue: $0) }
        case .kind: kind = try reader.value { JobKind(rawValue: $0) }
        case .user: user = try reader.value { try? UserID($0) }
        case .updates:
            updates = try reader.list { reader throws(Malformed) in
                let (item, value, version, isDismissed) = try reader.rating()
                guard let version else { throw reader.malformed("a rating without version") }
                guard isDismissed else { return RatingUpdate(item: item, rating: value, version: version) }
                guard value == nil else { throw reader.malformed("an item both rated and dismissed") }
                return RatingUpdate(item: item, change: .dismissed, version: version)
            }
        case .refresh: refresh = try reader.bool()
        case .removesUser: removesUser = try reader.bool()
        case .guest:
            guest = try reader.list { reader throws(Malformed) in
                let (item, value, _, _) = try reader.rating()
                guard let value else { throw reader.malformed("a guest's rating without value") }
                return Job.GuestRating(item: item, rating: value)
            }
        case .group:
            group = try reader.list { reader throws(Malformed) in try reader.value { try? UserID($0) } }
        case .findsUsers: findsUsers = try reader.bool()
        case .query: query = try reader.query()
        }
    }

    private func job() -> Job? {
        guard let id, let createdAt, let task = task() else { return nil }
        return Job(id: id, createdAt: createdAt, deadlineAt: deadlineAt, lane: lane, task: task)
    }

    private func task() -> Job.Task? {
        switch (kind, user, guest, group) {
        case (.ratings?, let user?, nil, nil) where removesUser:
            return updates == nil && refresh == nil ? .removeUser(user) : nil
        case (.ratings?, let user?, nil, nil):
            guard let updates, let refresh else { return nil }
            return .updateRatings(user: user, updates: updates, refresh: refresh)
        case (.recommendations?, let user?, nil, nil) where findsUsers:
            return .findSimilarUsers(user, query ?? RecommendationQuery())
        case (.recommendations?, let user?, nil, nil): return .recommend(.user(user), query ?? RecommendationQuery())
        case (.recommendations?, nil, let guest?, nil): return .recommend(.guest(guest), query ?? RecommendationQuery())
        case (.recommendations?, nil, nil, let group?) where GroupAggregation.memberRange.contains(group.count):
            return .recommend(.group(group), query ?? RecommendationQuery())
        default: return nil
        }
    }
}
