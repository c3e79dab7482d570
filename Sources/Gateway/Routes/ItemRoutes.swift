import Hummingbird
import Recommenders

/// Browsing and searching.
struct ItemRoutes: Sendable {
    let shelf: ItemShelf

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/items", use: find)
        router.get("/v1/items/{item}", use: show)
        router.get("/v1/items/{item}/similar", use: similar)
    }

    @Sendable private func find(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
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
        let item = try shelf.place(of: try context.item())
        var json = JSONWriter()
        shelf.writeDetail(of: item, &json)
        return .json(json.bytes, headers: [.cacheControl: CatalogueRoutes.cacheControl])
    }

    @Sendable private func similar(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let item = try shelf.place(of: try context.item())
        let similar = shelf.dataset.similarItems
        return answer { json in
            json.key("items")
            json.array { json in
                for place in similar.neighbours(of: Int(item)) {
                    shelf.writeDetail(of: similar.items[place], similarity: Double(similar.scores[place]), &json)
                }
            }
        }
    }

    private func answer(_ write: (inout JSONWriter) -> Void) -> Response {
        .json(write, headers: [.cacheControl: CatalogueRoutes.cacheControl])
    }
}
