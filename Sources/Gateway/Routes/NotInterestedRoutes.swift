import Hummingbird
import Recommenders
import Storage

/// What users do not want to be recommended.
struct NotInterestedRoutes: Sendable {
    let changes: RatingChanges
    let profiles: any ProfileStore
    let shelf: ShelfSource

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.put("/v1/users/{user}/not-interested/{item}", use: dismiss)
        router.delete("/v1/users/{user}/not-interested/{item}", use: takeBack)
        router.get("/v1/users/{user}/not-interested", use: dismissed)
    }

    @Sendable private func dismiss(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try await changes.accept(.dismissed, request, context)
    }

    @Sendable private func takeBack(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try await changes.accept(.removed, request, context)
    }

    @Sendable private func dismissed(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        let parameters = try QueryParameters(of: request, known: ["pageSize", "pageToken"])
        let page = try Page(reading: parameters, of: Fingerprint("not-interested", user.rawValue))
        let live = try await profiles.profile(of: user)
        let dismissed = live.newestFirst.filter { $0.change == .dismissed }
        let range = try page.range(in: dismissed.count)
        let view = DismissedView(
            user: user, version: live.version, updates: dismissed[range], total: dismissed.count,
            nextPageToken: page.nextToken(of: dismissed.count), shelf: shelf())
        return .json(JSONWriter.bytes(of: view, capacity: 8192))
    }
}
