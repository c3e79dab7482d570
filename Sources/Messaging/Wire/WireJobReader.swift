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
        case .query: query = try reader.query()
        }
    }

    private func job() -> Job? {
        guard let id, let createdAt, let task = task() else { return nil }
        return Job(id: id, createdAt: createdAt, deadlineAt: deadlineAt, lane: lane, task: task)
    }

    private func task() -> Job.Task? {
        switch (kind, user, guest) {
        case (.ratings?, let user?, nil) where removesUser:
            return updates == nil && refresh == nil ? .removeUser(user) : nil
        case (.ratings?, let user?, nil):
            guard let updates, let refresh else { return nil }
            return .updateRatings(user: user, updates: updates, refresh: refresh)
        case (.recommendations?, let user?, nil): return .recommend(.user(user), query ?? RecommendationQuery())
        case (.recommendations?, nil, let guest?): return .recommend(.guest(guest), query ?? RecommendationQuery())
        default: return nil
        }
    }
}

/// Which of the keys that are known were there.
private struct SeenKeys<Key: RawRepresentable<String> & Hashable> {
    private var seen: [Key] = []

    /// - Returns: nil when the member was passed over: it is not known, or null.
    mutating func key(_ name: String, _ reader: inout JSONReader) throws(JSONReader.Malformed) -> Key? {
        guard let key = Key(rawValue: name) else {
            try reader.skip()
            return nil
        }
        guard !seen.contains(key) else { throw reader.malformed("a name occurs twice in one object") }
        seen.append(key)
        return try reader.null() ? nil : key
    }
}

extension JSONReader {
    /// A string that means something.
    fileprivate mutating func value<Value>(_ convert: (String) -> Value?) throws(Malformed) -> Value {
        guard let value = convert(try string()) else { throw malformed("a text without meaning here") }
        return value
    }

    fileprivate mutating func list<Element>(
        _ read: (inout JSONReader) throws(Malformed) -> Element
    ) throws(Malformed) -> [Element] {
        var elements: [Element] = []
        try beginArray()
        while try nextElement() { elements.append(try read(&self)) }
        return elements
    }

    fileprivate mutating func rating() throws(Malformed) -> (
        item: ItemID, value: Double?, version: RatingVersion?, isDismissed: Bool
    ) {
        var (item, value, version): (ItemID?, Double?, RatingVersion?) = (nil, nil, nil)
        var isDismissed = false
        var seen = SeenKeys<WireKey.Rating>()
        try beginObject()
        while let name = try nextName() {
            switch try seen.key(name, &self) {
            case .item?: item = try self.value { try? ItemID($0) }
            case .value?: value = try double()
            case .version?: version = try self.value { RatingVersion($0) }
            case .isDismissed?: isDismissed = try bool()
            case nil: break
            }
        }
        guard let item else { throw malformed("a rating without item") }
        return (item, value, version, isDismissed)
    }

    fileprivate mutating func query() throws(Malformed) -> RecommendationQuery {
        var query = RecommendationQuery()
        var seen = SeenKeys<WireKey.Query>()
        try beginObject()
        while let name = try nextName() {
            switch try seen.key(name, &self) {
            case .count?: query.count = try integer(in: RecommendationQuery.countRange)
            case .algorithm?: query.algorithm = try value { Algorithm(rawValue: $0) }
            case .similarity?: query.similarity = try value { Similarity(rawValue: $0) }
            case .neighbours?: query.neighbours = try integer(in: RecommendationQuery.neighboursRange)
            case .genres?: query.genres = try list { reader throws(Malformed) in try reader.string() }
            case nil: break
            }
        }
        return query
    }

    private mutating func integer(in range: ClosedRange<Int>) throws(Malformed) -> Int {
        let number: Int = try integer()
        guard range.contains(number) else { throw malformed("a count out of its range") }
        return number
    }
}
