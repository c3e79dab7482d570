import Hummingbird
import Recommenders

/// Browsing and searching.
struct ItemRoutes: Sendable {
    /// So many items at most are like one.
    static let similarItemCount = 20

    let shelf: ShelfSource
    let newItems: NewItems

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/items", use: find)
        router.get("/v1/items/{item}", use: show)
        router.put("/v1/items/{item}", use: describe)
        router.get("/v1/items/{item}/similar", use: similar)
    }

    @Sendable private func find(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let shelf = shelf()
        let parameters = try QueryParameters(of: request, known: ["query", "genre", "pageSize", "pageToken"])
        let (query, genre) = (parameters.text("query"), parameters.text("genre"))
        let page = try Page(
            reading: parameters, of: Fingerprint("items", shelf.dataset.name, query ?? "", genre ?? ""))
        let found = shelf.index.search(query ?? "", genre: genre, offset: page.offset, limit: page.size)
        try page.check(total: found.total)
        return answer { json in
            json.field("total", found.total)
            json.key("items")
            json.array { json in
                for item in found.items { shelf.writeDetail(of: item, &json) }
            }
            if let token = page.nextToken(of: found.total) { json.field("nextPageToken", token) }
        }
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let shelf = shelf()
        let item = try context.item()
        _ = try shelf.place(of: item)
        return answer { shelf.writeMembers(of: item, &$0) }
    }

    /// What the files say of an item they say better: it changes with the next import only.
    @Sendable private func describe(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let item = try context.item()
        let entry = try ItemBody(reading: try await ReceivedBody(of: request).json()).entry
        guard !shelf().isDescribed(item) else { throw Problem(.itemInCatalogue) }
        try await newItems.describe(item, as: entry)
        let shelf = shelf()
        return .json({ shelf.writeMembers(of: item, &$0) })
    }

    @Sendable private func similar(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let shelf = shelf()
        let item = try shelf.place(of: try context.item())
        guard let similarItems = shelf.similarItems else { throw Problem(.noSimilarItemsYet) }
        // Of an item that came in since nothing was trained.
        let neighbours = item.map { similarItems.row(Int($0)).prefix(Self.similarItemCount) } ?? 0..<0
        return answer { json in
            json.key("items")
            json.array { json in
                for place in neighbours {
                    shelf.writeDetail(
                        of: similarItems.items[place], similarity: Double(similarItems.weights[place]), &json)
                }
            }
        }
    }

    private func answer(_ write: (inout JSONWriter) -> Void) -> Response {
        .json(write, headers: [.cacheControl: CatalogueRoutes.cacheControl])
    }
}
