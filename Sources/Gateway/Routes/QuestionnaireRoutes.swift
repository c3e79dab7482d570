import Hummingbird
import Recommenders

/// What to ask somebody about of whom nothing is known.
struct QuestionnaireRoutes: Sendable {
    static let defaultCount = 12

    let shelf: ShelfSource

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/questionnaire", use: questions)
    }

    @Sendable private func questions(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let parameters = try QueryParameters(of: request, known: ["count"])
        let count = try parameters.integer("count", default: Self.defaultCount, in: 1...NewcomerQuestions.maximumCount)
        let shelf = shelf()
        func write(_ json: inout JSONWriter) {
            json.key("items")
            json.array { json in
                for item in shelf.questions.items.prefix(count) { shelf.writeDetail(of: item, &json) }
            }
        }
        return .json(write, headers: [.cacheControl: CatalogueRoutes.cacheControl])
    }
}
