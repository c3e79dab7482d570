import Hummingbird
import Jobs
import Messaging
import ServiceRuntime
import Storage

/// The jobs that nobody could do, for operators: what `kindred jobs dead` does, without a shell beside the broker.
struct DeadLetterRoutes: Sendable {
    let box: any DeadLetterBox
    let queue: any JobQueue
    let jobs: any JobStore
    let now: @Sendable () -> Timestamp

    private struct Requeued: JSONRepresentable {
        let id: JobID
        let newID: JobID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.field("id", id.rawValue)
                json.field("newID", newID.rawValue)
            }
        }
    }

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/dead-letters", use: list)
        router.post("/v1/dead-letters/{letter}/requeue", use: requeue)
        router.delete("/v1/dead-letters/{letter}", use: discard)
    }

    @Sendable private func list(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let parameters = try QueryParameters(of: request, known: ["pageSize"])
        let limit = try parameters.integer("pageSize", default: Page.defaultSize, in: Page.sizes)
        let (letters, total) = try await box.letters(atMost: limit)
        return .json { json in
            json.field("total", total)
            json.field("deadLetters", letters.map { DeadLetterView(letter: $0) })
        }
    }

    /// The letter is forgotten only once the broker has the new jobs: an interrupted call does them twice rather than not at all.
    @Sendable private func requeue(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let requeued = try await box.take(context.letter()) { letter in
            guard !letter.jobs.isEmpty else { throw Problem(.deadLetterNotAJob, "It can only be deleted.") }
            let new = letter.jobs.map { $0.again(at: now()) }
            for job in new { try await queue.enqueue(job) }
            // Should this fail, the worker that takes the job writes the record.
            _ = try? await jobs.advance(to: new.map { JobRecord(of: $0) })
            return zip(letter.jobs, new).map { Requeued(id: $0.id, newID: $1.id) }
        }
        guard let requeued else { throw Problem(.unknownDeadLetter) }
        var json = JSONWriter()
        json.object { $0.field("requeued", requeued) }
        return .json(json.bytes, status: .accepted)
    }

    @Sendable private func discard(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        guard try await box.take(context.letter(), { _ in true }) != nil else { throw Problem(.unknownDeadLetter) }
        return Response(status: .noContent)
    }
}

extension GatewayRequestContext {
    fileprivate func letter() throws(Problem) -> String {
        guard let id = parameters.get("letter") else { throw Problem(.unknownDeadLetter) }
        return id
    }
}
