import Jobs
import Messaging
import Recommenders
import ServiceRuntime

/// A dead letter for an operator: whose jobs and what for, but no rating.
struct DeadLetterView: JSONRepresentable {
    let letter: DeadLetter

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", letter.id)
            json.field("reason", letter.death.reason.name)
            json.field("queue", letter.death.queue)
            json.field("deliveries", letter.death.deliveries)
            json.field("diedAt", letter.diedAt)
            json.key("jobs")
            json.array { json in
                for job in letter.jobs { Self.write(job, to: &json) }
            }
            var byteCount: Int?
            if case .undecodable(_, let count) = letter.content { byteCount = Int(clamping: count) }
            json.field("byteCount", byteCount)
        }
    }

    private static func write(_ job: Job, to json: inout JSONWriter) {
        json.object { json in
            json.field("id", job.id.rawValue)
            json.field("kind", job.kind.rawValue)
            json.field("priority", job.lane.rawValue)
            json.field("user", job.user?.rawValue)
            json.field("createdAt", job.createdAt)
            json.field("deadlineAt", job.deadlineAt)
            var ratingCount: Int?
            if case .updateRatings(_, let updates, _) = job.task { ratingCount = updates.count }
            json.field("ratingCount", ratingCount)
        }
    }
}
