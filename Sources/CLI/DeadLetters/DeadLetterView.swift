import Jobs
import Messaging
import Recommenders
import ServiceRuntime

/// A dead letter for reading.
struct DeadLetterView {
    let letter: DeadLetter
    /// Of a long job, so many ratings are shown.
    private static let shownRatings = 20

    static let columns = [
        Table.Column(title: "Id"), .init(title: "Kind"), .init(title: "User", maximumWidth: 24), .init(title: "Reason"),
        .init(title: "Queue", maximumWidth: 28), .init(title: "Died"),
    ]

    var row: [String] {
        [
            letter.id, letter.jobs.first?.kind.rawValue ?? "no job", users, letter.death.reason.name,
            letter.death.queue, letter.diedAt?.iso8601 ?? "-",
        ]
    }

    private var users: String {
        let first = letter.jobs.first?.user?.rawValue ?? "-"
        return letter.jobs.count > 1 ? "\(first) and \(letter.jobs.count - 1) more" : first
    }

    var text: String {
        var lines = [
            ("id", letter.id), ("reason", letter.death.reason.name), ("queue", letter.death.queue),
            ("died", letter.diedAt?.iso8601 ?? "unknown"),
        ]
        if letter.death.reason == .deliveryLimit { lines.append(("delivered", "\(letter.death.deliveries) times")) }
        switch letter.content {
        case .jobs(let jobs):
            for job in jobs {
                if jobs.count > 1 { lines.append(("job", job.id.rawValue)) }
                lines += describe(job)
            }
        case .undecodable(let prefix, let byteCount):
            lines.append(("bytes", "\(byteCount), no job of ours"))
            lines.append(("begins", Self.escaped(prefix)))
        }
        return lines.map { name, value in
            name + String(repeating: " ", count: 11 - name.count) + value.onOneLine
        }.joined(separator: "\n")
    }

    var json: JSON {
        var members: [JSON.Member] = [
            .init(name: "id", value: .string(letter.id)),
            .init(name: "reason", value: .string(letter.death.reason.name)),
            .init(name: "queue", value: .string(letter.death.queue)),
            .init(name: "diedAt", value: .optional(letter.diedAt?.iso8601)),
        ]
        switch letter.content {
        case .jobs(let jobs): members.append(.init(name: "jobs", value: .array(jobs.map(Self.json))))
        case .undecodable(let prefix, let byteCount):
            members.append(
                .init(
                    name: "message",
                    value: ["byteCount": .integer(Int(clamping: byteCount)), "begins": .string(Self.escaped(prefix))]))
        }
        return .object(members)
    }

    private func describe(_ job: Job) -> [(String, String)] {
        var lines = [
            ("kind", job.kind.rawValue), ("lane", job.lane.rawValue), ("user", job.user?.rawValue ?? "a guest"),
            ("created", job.createdAt.iso8601),
        ]
        if let deadline = job.deadlineAt { lines.append(("deadline", deadline.iso8601)) }
        if case .removeUser = job.task { lines.append(("removes", "the user")) }
        if case .updateRatings(_, let updates, _) = job.task {
            for update in updates.prefix(Self.shownRatings) {
                lines.append(("rating", "\(update.item.rawValue) = \(update.change.text)"))
            }
            if updates.count > Self.shownRatings { lines.append(("", "and \(updates.count - Self.shownRatings) more")) }
        }
        return lines
    }

    private static func json(of job: Job) -> JSON {
        [
            "id": .string(job.id.rawValue), "kind": .string(job.kind.rawValue), "lane": .string(job.lane.rawValue),
            "user": .optional(job.user?.rawValue), "createdAt": .string(job.createdAt.iso8601),
            "deadlineAt": .optional(job.deadlineAt?.iso8601), "ratings": ratings(of: job.task),
        ]
    }

    private static func ratings(of task: Job.Task) -> JSON {
        guard case .updateRatings(_, let updates, _) = task else { return .null }
        return .array(
            updates.map {
                [
                    "item": .string($0.item.rawValue), "rating": .optional($0.rating),
                    "dismissed": .bool($0.change == .dismissed),
                    "version": .string($0.version.description),
                ]
            })
    }

    /// Printable ASCII as it is, every other byte as `\xNN`.
    static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return text
    }
}

extension RatingChange {
    /// For people.
    fileprivate var text: String {
        switch self {
        case .rated(let rating): "\(rating)"
        case .removed: "taken back"
        case .dismissed: "not interested"
        }
    }
}
