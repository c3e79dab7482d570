import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// A job's record for reading. Its JSON has the members of the REST API's jobs as far as Redis knows them.
struct JobView {
    let record: JobRecord

    var text: String {
        var lines = [
            ("job", record.id.rawValue), ("kind", record.kind.rawValue), ("status", record.status.rawValue),
            ("attempt", "\(record.attempt)"), ("user", record.user?.rawValue ?? "a guest"), ("created", record.createdAt.iso8601),
        ]
        if let moment = record.startedAt { lines.append(("started", moment.iso8601)) }
        if let moment = record.finishedAt {
            lines.append(
                ("finished", "\(moment.iso8601) (\(Self.milliseconds(moment.since(record.createdAt))) ms after its creation)"))
        }
        if let moment = record.deadlineAt { lines.append(("deadline", moment.iso8601)) }
        lines.append(("request", requestText))
        if let text = resultText { lines.append(("result", text)) }
        if let failure = record.failure { lines.append(("failure", "\(failure.code): \(failure.detail)")) }
        return lines.map { name, value in
            name + String(repeating: " ", count: 10 - name.count) + value.onOneLine
        }.joined(separator: "\n")
    }

    var json: JSON {
        [
            "id": .string(record.id.rawValue), "kind": .string(record.kind.rawValue), "status": .string(record.status.rawValue),
            "attempt": .integer(record.attempt), "user": .optional(record.user?.rawValue),
            "createdAt": .string(record.createdAt.iso8601), "startedAt": .optional(record.startedAt?.iso8601),
            "finishedAt": .optional(record.finishedAt?.iso8601), "deadlineAt": .optional(record.deadlineAt?.iso8601),
            "request": requestJSON, "result": resultJSON,
            "failure": record.failure.map { ["code": .string($0.code), "detail": .string($0.detail)] } ?? .null,
        ]
    }

    private var requestText: String {
        switch record.request {
        case .ratings(let count, _, let refresh):
            return "\(count) \(count == 1 ? "rating" : "ratings")\(refresh ? ", and a new list" : "")"
        case .recommendations(let query):
            var parts = [query.count.map { "\($0) items" } ?? "a list"]
            if let algorithm = query.algorithm { parts.append(algorithm.rawValue) }
            if let similarity = query.similarity { parts.append(similarity.rawValue) }
            if let neighbours = query.neighbours { parts.append("\(neighbours) neighbours") }
            if let genres = query.genres, !genres.isEmpty { parts.append(genres.joined(separator: " or ")) }
            return parts.joined(separator: ", ")
        case .similarUsers: return "users of like taste"
        }
    }

    private var requestJSON: JSON {
        switch record.request {
        case .ratings(let count, let version, let refresh):
            ["count": .integer(count), "version": .string(version.description), "refresh": .bool(refresh)]
        case .recommendations(let query):
            [
                "count": .optional(query.count), "algorithm": .optional(query.algorithm?.rawValue),
                "similarity": .optional(query.similarity?.rawValue), "neighbours": .optional(query.neighbours),
                "genres": query.genres.map(JSON.strings) ?? .null,
            ]
        case .similarUsers(let query): ["count": .optional(query.count), "similarity": .optional(query.similarity?.rawValue)]
        }
    }

    private var resultText: String? {
        switch record.result {
        case .ratings(let applied, let refreshed): "\(applied) applied\(refreshed ? ", list refreshed" : "")"
        case .recommendations(let stored):
            "\(stored.list.items.count) \(stored.list.items.count == 1 ? "item" : "items") of \(stored.generatedAt.iso8601)"
        case .similarUsers(let users): "users: \(users.count)"
        case nil: nil
        }
    }

    private var resultJSON: JSON {
        switch record.result {
        case .ratings(let applied, let refreshed): ["applied": .integer(applied), "refreshed": .bool(refreshed)]
        case .recommendations(let stored):
            [
                "generatedAt": .string(stored.generatedAt.iso8601), "algorithm": .string(stored.list.algorithm.rawValue),
                "items": .strings(stored.list.items.map(\.item.rawValue)),
            ]
        case .similarUsers(let users): ["users": .integer(users.count)]
        case nil: .null
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }
}
