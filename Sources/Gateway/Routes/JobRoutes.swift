import Hummingbird
import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// What becomes of accepted work.
struct JobRoutes: Sendable {
    let answers: JobAnswers
    let jobs: any JobStore
    let claims: any IdempotencyStore
    private let ended = EndedJobs()
    var heartbeat = Duration.seconds(15)

    init(answers: JobAnswers, jobs: any JobStore, claims: any IdempotencyStore) {
        self.answers = answers
        self.jobs = jobs
        self.claims = claims
    }

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/jobs/{job}", use: show)
        router.delete("/v1/jobs/{job}", use: cancel)
        router.get("/v1/jobs/{job}/events", use: events)
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let id = try context.job()
        let preference = WaitPreference(of: request)
        if context.identity.maySeeRatings, let answer = ended.answer(about: id, at: answers.presenter.now()) {
            guard context.identity.maySee(jobOf: answer.user) else { throw Problem(.unknownJob) }
            return answers.shown(answer.body, applied: preference)
        }
        var record = try await record(of: id, for: context.identity)
        if let preference, !record.status.isEnd {
            let seat = try answers.room.enter(context.identity)
            defer { seat.leave() }
            switch await answers.end(of: record.id, within: preference, context) {
            case .reached(let end): record = end
            case .missing: throw Problem(.unknownJob)
            case .nothing: record = try await self.record(of: record.id, for: context.identity)
            }
        }
        guard record.status.isEnd, context.identity.maySeeRatings else {
            return try await answers.shown(record, to: context.identity, applied: preference)
        }
        let body = ByteBuffer(bytes: try await answers.presenter.json(of: record, for: context.identity))
        ended.add(body, for: record)
        return answers.shown(body, applied: preference)
    }

    /// Ends a recommendation that nobody wants any more. A worker may be at it; what it writes then comes too late.
    ///
    /// With an idempotency key a second time is as good as the first.
    @Sendable private func cancel(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        var record = try await record(of: try context.job(), for: context.identity)
        if try await isRepeated(request, record, by: context.identity), record.status == .cancelled {
            return try await answers.shown(record, to: context.identity)
        }
        guard !record.status.isEnd else { throw Problem(.jobAlreadyEnded, "It is \(record.status.rawValue).") }
        guard record.kind == .recommendations else {
            throw Problem(.jobNotCancellable, "Ratings that were accepted are applied; take them back with new ones.")
        }
        record.status = .cancelled
        record.finishedAt = answers.presenter.now()
        if let status = try await jobs.advance(to: record) {
            throw Problem(.jobAlreadyEnded, "It is \(status.rawValue).")
        }
        return try await answers.shown(record, to: context.identity)
    }

    /// Whether the same request was made before; its claim needs no confirming, since nothing is published.
    private func isRepeated(_ request: Request, _ record: JobRecord, by sender: Identity) async throws -> Bool {
        guard let identity = try RequestIdentity(of: request, in: sender.scope) else { return false }
        let claim = IdempotencyClaim(
            fingerprint: identity.fingerprint, job: record.id, createdAt: record.createdAt,
            firstVersion: RatingVersion(clock: 0, origin: 0), isConfirmed: true)
        let known = try await claims.replace(nil, with: claim, under: identity.key, lifetime: JobIntake.claimLifetime)
        guard known?.fingerprint ?? claim.fingerprint == claim.fingerprint else { throw Problem(.idempotencyKeyReused) }
        return known != nil
    }

    @Sendable private func events(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let record = try await record(of: try context.job(), for: context.identity)
        let lastRank = request.headers[.lastEventID].flatMap { Int($0) } ?? -1
        if lastRank >= JobRecord.endRank {
            return Response(status: .noContent)  // tells browsers not to come again
        }
        // Left with the body, which a HEAD request drops unwritten.
        let seat = try answers.room.enter(context.identity)
        let events = JobEvents(
            first: record, after: lastRank, waiter: answers.waiter, presenter: answers.presenter, viewer: context.identity,
            presence: await context.presence(), heartbeat: heartbeat)
        var headers: HTTPFields = [:]
        headers[.contentType] = "text/event-stream"
        let body = ResponseBody { writer in
            defer { seat.leave() }
            try await events.write(to: &writer)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    private func record(of id: JobID, for identity: Identity) async throws -> JobRecord {
        guard let record = try await jobs.record(of: id), identity.maySee(record) else { throw Problem(.unknownJob) }
        return record.seen(at: answers.presenter.now())
    }
}
