import Jobs
import Recommenders
import ServiceRuntime

// The form, id, kind, status, attempt, user, when it was created, started, finished, when it expires; then request, result and failure,
// each an array that begins with its kind; then, but for form 1, the lane; then, in form 3, what form 1 cannot say of the query. Each
// record is of the first form that can say it. Later forms may only add to the ends of arrays, so that a program reads those that it does
// not know, without what they add.
extension JobRecord {
    func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(form)
            writer.write(id.rawValue)
            writer.write(kind.rawValue)
            writer.write(status.rawValue)
            writer.write(attempt)
            writer.optional(user?.rawValue)
            writer.write(createdAt.milliseconds)
            writer.optional(startedAt?.milliseconds)
            writer.optional(finishedAt?.milliseconds)
            writer.optional(deadlineAt?.milliseconds)
            request.write(to: &writer)
            writer.optional(result) { writer, result in result.write(to: &writer) }
            writer.optional(failure) { writer, failure in
                writer.array { writer in
                    writer.write(failure.code)
                    writer.write(failure.detail)
                }
            }
            if form > 1 { writer.write(lane.rawValue) }
            if form > 2 { request.query?.writeLaterPart(to: &writer) }
        }
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            let form = try reader.integer(Int.self)
            guard form >= 1 else { throw CompactReader.Mismatch() }
            let (id, kind) = (try reader.jobID(), try reader.word(JobKind.self))
            let (status, attempt) = (try reader.word(JobStatus.self), try reader.integer(Int.self))
            let user = try reader.optional { try $0.userID() }
            let createdAt = try reader.timestamp()
            let startedAt = try reader.optional { try $0.timestamp() }
            let finishedAt = try reader.optional { try $0.timestamp() }
            let deadlineAt = try reader.optional { try $0.timestamp() }
            var record = JobRecord(
                id: id, kind: kind, status: status, attempt: attempt, user: user, createdAt: createdAt,
                deadlineAt: deadlineAt, request: try Request(reading: &reader))
            record.startedAt = startedAt
            record.finishedAt = finishedAt
            record.result = try reader.optional { reader in try Result(reading: &reader) }
            record.failure = try reader.optional { reader in
                try reader.array { reader in
                    Failure(code: try reader.string(), detail: try reader.string())
                }
            }
            if form > 1 { record.lane = try reader.word() }
            if form > 2 {
                guard var query = record.request.query else { throw CompactReader.Mismatch() }
                try query.readLaterPart(from: &reader)
                record.request.query = query
            }
            return record
        }
    }

    private var form: Int {
        if request.query?.hasLaterPart == true { return 3 }
        return lane == .interactive ? 1 : 2
    }
}

/// Of which kind a request is, and its result.
private enum Kind: String {
    case ratings, recommendations
    case similarUsers = "similar-users"
}

extension JobRecord.Request {
    /// What a list, or users, are asked for by.
    fileprivate var query: RecommendationQuery? {
        get {
            switch self {
            case .ratings: nil
            case .recommendations(let query), .similarUsers(let query): query
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .ratings: break
            case .recommendations: self = .recommendations(newValue)
            case .similarUsers: self = .similarUsers(newValue)
            }
        }
    }

    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            switch self {
            case .ratings(let count, let version, let refresh):
                writer.write(Kind.ratings.rawValue)
                writer.write(count)
                writer.write(version.description)
                writer.write(refresh)
            case .recommendations(let query):
                writer.write(Kind.recommendations.rawValue)
                query.writeFirstPart(to: &writer)
            case .similarUsers(let query):
                writer.write(Kind.similarUsers.rawValue)
                query.writeFirstPart(to: &writer)
            }
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            switch try reader.word(Kind.self) {
            case .ratings:
                return .ratings(count: try reader.integer(), version: try reader.ratingVersion(), refresh: try reader.bool())
            case .recommendations: return .recommendations(try RecommendationQuery(readingFirstPart: &reader))
            case .similarUsers: return .similarUsers(try RecommendationQuery(readingFirstPart: &reader))
            }
        }
    }
}

extension JobRecord.Result {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            switch self {
            case .ratings(let applied, let refreshed):
                writer.write(Kind.ratings.rawValue)
                writer.write(applied)
                writer.write(refreshed)
            case .recommendations(let list):
                writer.write(Kind.recommendations.rawValue)
                list.write(to: &writer)
            case .similarUsers(let users):
                writer.write(Kind.similarUsers.rawValue)
                writer.array { writer in
                    for user in users { user.write(to: &writer) }
                }
            }
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            switch try reader.word(Kind.self) {
            case .ratings: .ratings(applied: try reader.integer(), refreshed: try reader.bool())
            case .recommendations: .recommendations(try StoredList(reading: &reader))
            case .similarUsers: .similarUsers(try reader.list { try SimilarUser(reading: &$0) })
            }
        }
    }
}
