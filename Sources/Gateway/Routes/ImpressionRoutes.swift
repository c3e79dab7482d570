import Hummingbird
import Recommenders
import ServiceRuntime
import Storage

/// What was shown to users, so that it need not be shown again.
struct ImpressionRoutes: Sendable {
    let impressions: any ImpressionStore
    let policy: ImpressionPolicy
    let shelf: ShelfSource
    let now: @Sendable () -> Timestamp

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.post("/v1/users/{user}/impressions", use: note)
    }

    /// Not a job: it is written at once, and sent again it does no harm.
    @Sendable private func note(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let user = try context.user()
        try request.refuseParameters()
        let body = try ImpressionsBody(reading: try await ReceivedBody(of: request).json(), shelf: shelf())
        try await impressions.note(body.items, shownTo: user, at: now(), policy: policy)
        return Response(status: .noContent)
    }
}

/// `{"items": ["1", "260"]}`
struct ImpressionsBody {
    static let counts = 1...500

    let items: [ItemID]

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: ["items"])
        let (texts, pointer) = (try fields.required("items", as: .strings), fields.pointer(to: "items"))
        guard Self.counts.contains(texts.count) else {
            throw .invalidValue("1 to \(Self.counts.upperBound) items are expected, found \(texts.count)", at: pointer)
        }
        var items: [ItemID] = []
        for (place, text) in texts.enumerated() { items.append(try shelf.item(text, at: "\(pointer)/\(place)")) }
        self.items = items
    }
}
