import Hummingbird
import Jobs
import Recommenders

/// What all routes have in common that change what a user says of items.
struct RatingChanges: Sendable {
    let answers: JobAnswers
    let shelf: ShelfSource

    /// Accepts `change` of the item in the path.
    func accept(
        _ change: RatingChange, _ request: Request, _ context: GatewayRequestContext
    ) async throws -> Response {
        let user = try context.user()
        let item = try context.item()
        _ = try shelf().place(of: item)
        return try await accept([(item, change)], of: user, request, context)
    }

    /// Accepts `changes` as one job.
    ///
    /// - Parameter body: of `request`.
    func accept(
        _ changes: [(item: ItemID, change: RatingChange)], of user: UserID, _ request: Request, _ context: GatewayRequestContext,
        _ body: ReceivedBody? = nil
    ) async throws -> Response {
        let refresh = try QueryParameters(of: request, known: ["refresh"]).flag("refresh", default: true)
        switch try await answers.accept(.ratings(changes, of: user, refresh: refresh), request, context, body) {
        case .pending(let response): return response
        case .ended(let record):
            return try await answers.shown(record, to: context.identity, applied: WaitPreference(of: request))
        }
    }
}
