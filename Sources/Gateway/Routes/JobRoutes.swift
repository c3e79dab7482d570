import Hummingbird
import Jobs
import ServiceRuntime
import Storage

/// What becomes of accepted work.
struct JobRoutes: Sendable {
    let answers: JobAnswers
    let jobs: any JobStore
    var heartbeat = Duration.seconds(15)

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/jobs/{job}", use: show)
        router.delete("/v1/jobs/{job}", use: cancel)
        router.get("/v1/jobs/{job}/events", use: events)
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        var record = try await record(of: try context.job())
        guard let preference = WaitPreference(of: request) else { return try await answers.shown(record) }
        if !record.status.isEnd {
            let end = await answers.waiter.record(of: record.id, reaching: JobRecord.endRank, within: preference.duration)
            record = if let end { end } else { try await self.record(of: record.id) }
        }
        return try await answers.shown(record, applied: preference)
    }

    /// Ends a recommendation that nobody wants any more. A worker may be at it; what it writes then comes too late.
    @Sendable private func cancel(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        var record = try await record(of: try context.job())
        guard !record.status.isEnd else { throw Problem(.jobAlreadyEnded, "It is \(record.status.rawValue).") }
        guard record.kind == .recommendations else {
            throw Problem(.jobNotCancellable, "Ratings that were accepted are applied; take them back with new ones.")
        }
        record.status = .cancelled
        record.finishedAt = answers.presenter.now()
        if let status = try await jobs.advance(to: record) {
            throw Problem(.jobAlreadyEnded, "It is \(status.rawValue).")
        }
        return try await answers.shown(record)
    }

    @Sendable private func events(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let record = try await record(of: try context.job())
        let lastRank = request.headers[.lastEventID].flatMap { Int($0) } ?? -1
        if lastRank >= JobRecord.endRank {
            return Response(status: .noContent)  // tells browsers not to come again
        }
        let events = JobEvents(
            first: record, after: lastRank, waiter: answers.waiter, presenter: answers.presenter, heartbeat: heartbeat)
        var headers: HTTPFields = [:]
        headers[.contentType] = "text/event-stream"
        return Response(status: .ok, headers: headers, body: ResponseBody { try await events.write(to: &$0) })
    }

    private func record(of id: JobID) async throws -> JobRecord {
        guard let record = try await jobs.record(of: id) else { throw Problem(.unknownJob) }
        return record.seen(at: answers.presenter.now())
    }
}
