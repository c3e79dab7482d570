import Jobs
import Recommenders
import ServiceRuntime

// The form, id, kind, status, attempt, user, when it was created, started, finished, when it expires; then request, result and failure,
// each an array that begins with its kind; then, but for form 1, the lane; then, in form 3, what form 1 cannot say of the query. Each
// record is of the first form that can say it, so that gateways and workers of before can read it.
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
            if form > 2, case .recommendations(let query) = request { query.writeLaterPart(to: &writer) }
        }
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            let form = try reader.integer(Int.self)
            guard 1...3 ~= form else { throw CompactReader.Mismatch() }
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
                guard case .recommendations(var query) = record.request else { throw CompactReader.Mismatch() }
                try query.readLaterPart(from: &reader)
                record.request = .recommendations(query)
            }
            return record
        }
    }

    private var form: Int {
        if case .recommendations(let query) = request, query.hasLaterPart { return 3 }
        return lane == .interactive ? 1 : 2
    }
}

extension JobRecord.Request {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            switch self {
            case .ratings(let count, let version, let refresh):
                writer.write(JobKind.ratings.rawValue)
                writer.write(count)
                writer.write(version.description)
                writer.write(refresh)
            case .recommendations(let query):
                writer.write(JobKind.recommendations.rawValue)
                writer.optional(query.count)
                writer.optional(query.algorithm?.rawValue)
                writer.optional(query.similarity?.rawValue)
                writer.optional(query.neighbours)
                writer.optional(query.genres) { writer, genres in
                    writer.array { writer in
                        for genre in genres { writer.write(genre) }
                    }
                }
            }
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            switch try reader.word(JobKind.self) {
            case .ratings:
                return .ratings(count: try reader.integer(), version: try reader.ratingVersion(), refresh: try reader.bool())
            case .recommendations:
                var query = RecommendationQuery()
                query.count = try reader.optional { try $0.integer() }
                query.algorithm = try reader.optional { try $0.word() }
                query.similarity = try reader.optional { try $0.word() }
                query.neighbours = try reader.optional { try $0.integer() }
                query.genres = try reader.optional { reader in
                    try reader.list { try $0.string() }
                }
                return .recommendations(query)
            }
        }
    }
}

extension JobRecord.Result {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            switch self {
            case .ratings(let applied, let refreshed):
                writer.write(JobKind.ratings.rawValue)
                writer.write(applied)
                writer.write(refreshed)
            case .recommendations(let list):
                writer.write(JobKind.recommendations.rawValue)
                list.write(to: &writer)
            }
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            switch try reader.word(JobKind.self) {
            case .ratings: .ratings(applied: try reader.integer(), refreshed: try reader.bool())
            case .recommendations: .recommendations(try StoredList(reading: &reader))
            }
        }
    }
}
