import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// What users may like.
struct RecommendationRoutes: Sendable {
    let answers: JobAnswers
    let lists: any RecommendationStore
    let shelf: ShelfSource

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.post("/v1/users/{user}/recommendations", use: recommend)
        router.get("/v1/users/{user}/recommendations", use: lastList)
        router.post("/v1/recommendations", use: recommendToGuest)
    }

    @Sendable private func recommend(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        let body = try await ReceivedBody(of: request)
        let wish = try RecommendationBody(reading: body.jsonIfAny() ?? .object([:]), shelf: shelf())
        return try await answer(.recommendations(.user(user), wish.query, wish.lane), request, context, body)
    }

    @Sendable private func recommendToGuest(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let body = try await ReceivedBody(of: request)
        let guest = try GuestBody(reading: body.json(), shelf: shelf())
        return try await answer(
            .recommendations(.guest(guest.ratings), guest.wish.query, guest.wish.lane), request, context, body)
    }

    /// Who waits gets the list itself, or the error that the job ended with.
    private func answer(
        _ order: JobOrder, _ request: Request, _ context: GatewayRequestContext, _ body: ReceivedBody
    ) async throws -> Response {
        switch try await answers.accept(order, request, context, body) {
        case .pending(let response): return response
        case .ended(let record):
            var headers: HTTPFields = [:]
            headers[.contentLocation] = JobView.path(of: record.id)
            headers[.preferenceApplied] = WaitPreference(of: request)?.applied
            return try list(of: record, headers: headers)
        }
    }

    private func list(of record: JobRecord, headers: HTTPFields) throws(Problem) -> Response {
        switch (record.status, record.result) {
        case (.succeeded, .recommendations(let stored)):
            if let user = record.user { answers.presenter.experiments?.handedOut(stored, to: user) }
            let view = RecommendationListView(stored: stored, shelf: shelf())
            return .json(JSONWriter.bytes(of: view, capacity: 12_288), headers: headers)
        case (.cancelled, _): throw Problem(.jobCancelled, headers: headers)
        case (.expired, _): throw Problem(.jobExpired, "Ask again a little later.", headers: headers)
        default: throw Problem(.jobFailed, record.failure?.detail, headers: headers)
        }
    }

    @Sendable private func lastList(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        guard let stored = try await lists.list(for: user) else {
            throw Problem(.noRecommendationsYet, "Ask for some with POST, or rate something.")
        }
        answers.presenter.experiments?.handedOut(stored, to: user)
        let bytes = JSONWriter.bytes(of: RecommendationListView(stored: stored, shelf: shelf()), capacity: 12_288)
        let tag = "\"\(Fingerprint(bytes).text)\""
        var headers: HTTPFields = [:]
        headers[.eTag] = tag
        headers[.cacheControl] = "private, no-cache"  // may be kept, but is asked for again
        guard !request.hasSeen(tag) else { return Response(status: .notModified, headers: headers) }
        return .json(bytes, headers: headers)
    }
}

extension Request {
    /// Whether `If-None-Match` names `tag`, strongly or weakly.
    fileprivate func hasSeen(_ tag: String) -> Bool {
        headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { offered in
            let offered = offered.trimmingSpace
            return offered == "*" || offered == tag || offered == "W/\(tag)"
        }
    }
}
