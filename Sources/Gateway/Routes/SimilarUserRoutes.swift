import Hummingbird
import Jobs
import Recommenders
import Storage

/// Who rates alike, of those who agreed to be found: whoever wants to find others lets others find them.
struct SimilarUserRoutes: Sendable {
    let answers: JobAnswers
    let visibility: any VisibilityStore
    let shelf: ShelfSource

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/users/{user}/visibility", use: show)
        router.put("/v1/users/{user}/visibility", use: agree)
        router.delete("/v1/users/{user}/visibility", use: withdraw)
        router.post("/v1/users/{user}/similar-users", use: find)
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        let isVisible = try await visibility.isVisible(user)
        return .json { $0.field("visible", isVisible) }
    }

    @Sendable private func agree(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try await set(true, request, context)
    }

    @Sendable private func withdraw(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try await set(false, request, context)
    }

    private func set(_ isVisible: Bool, _ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        try await visibility.setVisible(isVisible, user)
        return Response(status: .noContent)
    }

    @Sendable private func find(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        let body = try await ReceivedBody(of: request)
        let search = try SimilarUsersBody(reading: body.jsonIfAny() ?? .object([:]))
        guard try await visibility.isVisible(user) else {
            throw Problem(.notVisible, "Who wants to find others agrees to be found, with PUT on \"visibility\".")
        }
        switch try await answers.accept(.similarUsers(to: user, search.query), request, context, body) {
        case .pending(let response): return response
        case .ended(let record):
            var headers: HTTPFields = [:]
            headers[.contentLocation] = JobView.path(of: record.id)
            headers[.preferenceApplied] = WaitPreference(of: request)?.applied
            guard case .similarUsers(let users) = record.result else {
                // It has no list, so this says what became of it.
                _ = try ListRoutes.list(of: record, headers: headers)
                throw Problem(.jobFailed, headers: headers)
            }
            let shelf = shelf()
            var json = JSONWriter(capacity: 4096)
            json.object { $0.field("users", users.map { SimilarUserView(user: $0, shelf: shelf) }) }
            return .json(json.bytes, headers: headers)
        }
    }
}

/// `{"count": 10, "similarity": "cosine"}`, all of which may be missing.
struct SimilarUsersBody {
    static let counts = 1...50

    /// The count is of users.
    let query: RecommendationQuery

    init(reading value: JSONValue) throws(Problem) {
        let fields = try JSONFields(value, known: ["count", "similarity"])
        query = RecommendationQuery(
            count: try fields.integer("count", in: Self.counts), similarity: try fields.choice("similarity"))
    }
}
