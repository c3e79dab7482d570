import Hummingbird
import Recommenders

/// What to ask somebody about of whom nothing is known.
struct QuestionnaireRoutes: Sendable {
    static let defaultCount = 12

    let shelf: ShelfSource

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/questionnaire", use: show)
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let parameters = try QueryParameters(of: request, known: ["count"])
        let count = try parameters.integer(
            "count", default: Self.defaultCount, in: 1...NewcomerQuestions.maximumCount)
        let shelf = shelf()
        let items = shelf.questions.items.prefix(count)
        return Response.json(
            { json in
                json.key("items")
                json.array { json in
                    for item in items { shelf.writeDetail(of: item, &json) }
                }
            }, headers: [.cacheControl: CatalogueRoutes.cacheControl])
    }
}
