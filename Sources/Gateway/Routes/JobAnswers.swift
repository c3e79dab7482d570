import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// What all routes that make or show jobs have in common: accept, wait if asked to, answer.
struct JobAnswers: Sendable {
    let intake: JobIntake
    let waiter: JobWaiter
    let presenter: JobPresenter

    /// Accepts `task`, and waits for its end if the client prefers that.
    ///
    /// - Returns: the record of the job's end, or the answer that tells the client to come back.
    func accept(_ task: Job.Task, preference: WaitPreference?) async throws -> Outcome {
        let record = try await intake.accept(task)
        guard let preference else { return .pending(try await accepted(record, nil)) }
        if let end = await waiter.record(of: record.id, reaching: JobRecord.endRank, within: preference.duration) {
            return .ended(end)
        }
        return .pending(try await accepted(record, preference))
    }

    enum Outcome {
        case ended(JobRecord)
        case pending(Response)
    }

    /// The job as it is now, with how to go on.
    func shown(_ record: JobRecord, applied preference: WaitPreference? = nil) async throws -> Response {
        let isPending = !record.seen(at: presenter.now()).status.isEnd
        var headers: HTTPFields = [:]
        if isPending { headers[.retryAfter] = "1" }
        headers[.preferenceApplied] = preference?.applied
        return .json(try await presenter.json(of: record), headers: headers)
    }

    private func accepted(_ record: JobRecord, _ preference: WaitPreference?) async throws -> Response {
        var headers: HTTPFields = [:]
        headers[.location] = JobView.path(of: record.id)
        headers[.retryAfter] = "1"
        headers[.preferenceApplied] = preference?.applied
        return .json(try await presenter.json(of: record), status: .accepted, headers: headers)
    }
}
