import Hummingbird
import Jobs
import Messaging
import Recommenders
import Storage

/// What users say of items.
struct RatingRoutes: Sendable {
    let changes: RatingChanges
    let profiles: any ProfileStore
    let shelf: ShelfSource

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.put("/v1/users/{user}/ratings/{item}", use: rate)
        router.delete("/v1/users/{user}/ratings/{item}", use: takeBack)
        router.post("/v1/users/{user}/ratings", use: rateMany)
        router.get("/v1/users/{user}/ratings", use: profile)
    }

    @Sendable private func rate(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        let item = try context.item()
        let shelf = shelf()
        _ = try shelf.place(of: item)
        let body = try await ReceivedBody(of: request)
        let rating = try RatingBody(reading: body.json(), scale: shelf.dataset.scale).rating
        return try await changes.accept([(item, .rated(rating))], of: user, request, context, body)
    }

    @Sendable private func takeBack(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try await changes.accept(.removed, request, context)
    }

    @Sendable private func rateMany(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        let body = try await ReceivedBody(of: request)
        let ratings = try RatingsBody(reading: body.json(), shelf: shelf())
        return try await changes.accept(ratings.changes, of: user, request, context, body)
    }

    @Sendable private func profile(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        let parameters = try QueryParameters(of: request, known: ["pageSize", "pageToken"])
        let page = try Page(reading: parameters, of: Fingerprint("ratings", user.rawValue))
        let live = try await profiles.profile(of: user)
        let shelf = shelf()
        let ratings = ProfileView.ratings(of: user, live: live, in: shelf.dataset)
        let range = try page.range(in: ratings.count)
        let view = ProfileView(
            user: user, version: live.version, ratings: ratings[range], total: ratings.count,
            nextPageToken: page.nextToken(of: ratings.count), shelf: shelf)
        return .json(JSONWriter.bytes(of: view, capacity: 8192))
    }
}
