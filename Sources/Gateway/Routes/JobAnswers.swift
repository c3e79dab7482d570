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
    let room: WaitingRoom
    let presenter: JobPresenter

    /// Accepts `order`, and waits for its end if the client prefers that.
    ///
    /// - Parameters:
    ///   - body: of `request`.
    ///   - context: of `request`; the idempotency keys of other senders are others.
    /// - Returns: the record of the job's end, or the answer that tells the client to come back.
    func accept(
        _ order: JobOrder, _ request: Request, _ context: GatewayRequestContext, _ body: ReceivedBody? = nil
    ) async throws -> Outcome {
        let name = try RequestIdentity(of: request, body: body?.bytes ?? [], in: context.identity.scope)
        guard let preference = WaitPreference(of: request) else {
            return .pending(try await accepted(try await intake.accept(order, as: name).record, by: context.identity, nil))
        }
        // Before anything is accepted: whoever is turned away has left no job.
        let seat = try room.enter(context.identity)
        defer { seat.leave() }
        let receipt = try await intake.accept(order, as: name)
        let sight = await end(of: receipt.record.id, within: preference, context, mayBeMissing: !receipt.isRecorded)
        if case .reached(let end) = sight { return .ended(end) }
        return .pending(try await accepted(receipt.record, by: context.identity, preference))
    }

    /// Waits for a job's end, and no longer than the client does.
    ///
    /// - Parameter mayBeMissing: whether its record will be written yet.
    func end(
        of id: JobID, within preference: WaitPreference, _ context: GatewayRequestContext, mayBeMissing: Bool = false
    ) async -> JobWaiter.Sight {
        let wait: @Sendable () async -> JobWaiter.Sight = { [waiter] in
            await waiter.record(of: id, reaching: JobRecord.endRank, within: preference.duration, mayBeMissing: mayBeMissing)
        }
        guard let presence = await context.presence() else { return await wait() }
        return await presence.run(wait)
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
