import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// A job as JSON. What is not known yet is null, so that every job has the same members.
struct JobView: JSONRepresentable {
    let record: JobRecord
    /// What it recommends, if it does.
    let list: StoredList?
    /// Whether the users that it found may be shown: they are who rated alike.
    var showsUsers = true
    let shelf: ItemShelf

    static func path(of id: JobID) -> String { "/v1/jobs/\(id.rawValue)" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", record.id.rawValue)
            json.field("kind", record.kind.rawValue)
            json.field("status", record.status.rawValue)
            json.field("attempt", record.attempt)
            json.field("createdAt", record.createdAt)
            json.field("startedAt", record.startedAt)
            json.field("finishedAt", record.finishedAt)
            json.field("deadlineAt", record.deadlineAt)
            json.field("expiresAt", record.expiresAt)
            json.key("request")
            writeRequest(to: &json)
            json.key("result")
            writeResult(to: &json)
            json.key("error")
            writeError(to: &json)
            json.key("links")
            writeLinks(to: &json)
        }
    }

    private func writeRequest(to json: inout JSONWriter) {
        json.object { json in
            switch record.request {
            case .ratings(let count, let version, let refresh):
                json.field("count", count)
                json.field("version", version.description)
                json.field("refresh", refresh)
            case .recommendations(let query):
                query.writeMembers(to: &json)
                json.field("priority", record.lane.rawValue)
            case .similarUsers(let query):
                query.writeMembers(to: &json)
            }
        }
    }

    private func writeResult(to json: inout JSONWriter) {
        guard let result = record.result else { return json.literal("null") }
        json.object { json in
            if case .ratings(let applied, let isRefreshed) = result {
                json.field("applied", applied)
                json.field("refreshed", isRefreshed)
            }
            if case .similarUsers(let users) = result, showsUsers {
                json.field("users", users.map { SimilarUserView(user: $0, shelf: shelf) })
            }
            json.field("recommendations", list.map { RecommendationListView(stored: $0, shelf: shelf, id: listID) })
        }
    }

    /// Of a job that is a list, not of one that changed the user's own.
    private var listID: JobID? {
        if case .recommendations = record.request { record.id } else { nil }
    }

    private func writeError(to json: inout JSONWriter) {
        let failure: (code: String, detail: String)? =
            switch (record.status, record.failure) {
            case (_, let failure?): (failure.code, failure.detail)
            case (.expired, nil): (ProblemCode.jobExpired.rawValue, ProblemCode.jobExpired.title)
            default: nil
            }
        guard let failure else { return json.literal("null") }
        json.object { json in
            json.field("code", failure.code)
            json.field("detail", failure.detail)
        }
    }

    private func writeLinks(to json: inout JSONWriter) {
        let path = Self.path(of: record.id)
        json.object { json in
            json.field("self", path)
            json.field("events", "\(path)/events")
            if record.kind == .recommendations, !record.status.isEnd { json.field("cancel", path) }
            if let listID { json.field("list", ListRoutes.path(of: listID)) }
            if let user = record.user {
                json.field("recommendations", "/v1/users/\(PercentEncoding.encoded(user.rawValue))/recommendations")
            }
        }
    }
}
