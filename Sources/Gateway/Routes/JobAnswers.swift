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

    /// Accepts `order`, and waits for its end if the client prefers that.
    ///
    /// - Parameters:
    ///   - body: of `request`.
    ///   - identity: who sends it; the idempotency keys of others are others.
    /// - Returns: the record of the job's end, or the answer that tells the client to come back.
    func accept(
        _ order: JobOrder, _ request: Request, _ body: ReceivedBody? = nil, by identity: Identity
    ) async throws -> Outcome {
        let name = try RequestIdentity(of: request, body: body?.bytes ?? [], in: identity.scope)
        let preference = WaitPreference(of: request)
        let receipt = try await intake.accept(order, as: name)
        guard let preference else { return .pending(try await accepted(receipt.record, by: identity, nil)) }
        let sight = await waiter.record(
            of: receipt.record.id, reaching: JobRecord.endRank, within: preference.duration, mayBeMissing: !receipt.isRecorded)
        if case .reached(let end) = sight { return .ended(end) }
        return .pending(try await accepted(receipt.record, by: identity, preference))
    }

    enum Outcome {
        case ended(JobRecord)
        case pending(Response)
    }

    /// The job as it is now, with how to go on.
    func shown(
        _ record: JobRecord, to viewer: Identity, applied preference: WaitPreference? = nil
    ) async throws -> Response {
        let isPending = !record.seen(at: presenter.now()).status.isEnd
        var headers: HTTPFields = [:]
        if isPending { headers[.retryAfter] = "1" }
        headers[.preferenceApplied] = preference?.applied
        return .json(try await presenter.json(of: record, for: viewer), headers: headers)
    }

    /// A job that has ended, as it was written before.
    func shown(_ body: ByteBuffer, applied preference: WaitPreference?) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.preferenceApplied] = preference?.applied
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    private func accepted(
        _ record: JobRecord, by viewer: Identity, _ preference: WaitPreference?
    ) async throws -> Response {
        var headers: HTTPFields = [:]
        headers[.location] = JobView.path(of: record.id)
        if !record.status.isEnd { headers[.retryAfter] = "1" }
        headers[.preferenceApplied] = preference?.applied
        return .json(try await presenter.json(of: record, for: viewer), status: .accepted, headers: headers)
    }
}
