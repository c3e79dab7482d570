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
        router.post("/v1/recommendations", use: recommendToOthers)
    }

    @Sendable private func recommend(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        let pageSize = try ListRoutes.pageSize(in: request)
        let body = try await ReceivedBody(of: request)
        let wish = try RecommendationBody(reading: body.jsonIfAny() ?? .object([:]), shelf: shelf())
        return try await answer(.recommendations(.user(user), wish.query, wish.lane), pageSize, request, context, body)
    }

    /// A guest brings ratings; a group consists of users, all of whom the caller must be allowed to speak for.
    @Sendable private func recommendToOthers(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let pageSize = try ListRoutes.pageSize(in: request)
        let (body, shelf) = (try await ReceivedBody(of: request), shelf())
        let json = try body.json()
        if case .object(let members) = json, members["users"] != nil {
            let group = try GroupBody(reading: json, shelf: shelf)
            guard group.users.allSatisfy({ context.identity.maySpeak(for: $0) }) else { throw Problem(.unknownUser) }
            return try await answer(
                .recommendations(.group(group.users), group.query, group.lane), pageSize, request, context, body)
        }
        let guest = try GuestBody(reading: json, shelf: shelf)
        return try await answer(
            .recommendations(.guest(guest.ratings), guest.wish.query, guest.wish.lane), pageSize, request, context, body)
    }

    /// Who waits gets the list itself, or its first page, or the error that the job ended with.
    private func answer(
        _ order: JobOrder, _ pageSize: Int?, _ request: Request, _ context: GatewayRequestContext, _ body: ReceivedBody
    ) async throws -> Response {
        switch try await answers.accept(order, request, context, body) {
        case .pending(let response): return response
        case .ended(let record):
            var headers: HTTPFields = [:]
            headers[.contentLocation] = JobView.path(of: record.id)
            headers[.preferenceApplied] = WaitPreference(of: request)?.applied
            let stored = try ListRoutes.list(of: record, headers: headers)
            if let user = record.user { answers.presenter.experiments?.handedOut(stored, to: user) }
            var view = RecommendationListView(stored: stored, shelf: shelf(), id: record.id)
            if let pageSize { view.turn(to: Page(size: pageSize, of: ListRoutes.fingerprint(of: record.id))) }
            return .json(JSONWriter.bytes(of: view, capacity: view.capacity), headers: headers)
        }
    }

    @Sendable private func lastList(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        guard let stored = try await lists.list(for: user) else {
            throw Problem(.noRecommendationsYet, "Ask for some with POST, or rate something.")
        }
        answers.presenter.experiments?.handedOut(stored, to: user)
        let view = RecommendationListView(stored: stored, shelf: shelf())
        let bytes = JSONWriter.bytes(of: view, capacity: view.capacity)
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
