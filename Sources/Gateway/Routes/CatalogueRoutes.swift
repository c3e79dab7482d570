import Hummingbird
import Recommenders

/// What is recommended here. It changes with the files only, so the answer is made once for each generation of them.
struct CatalogueRoutes: Sendable {
    /// How long clients may keep what is in the catalogue.
    static let cacheControl = "private, max-age=60"

    let shelf: ShelfSource

    static func answer(
        _ dataset: Dataset, algorithms: [Algorithm], defaults: RecommendationDefaults, excludesShown: Bool
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("name", dataset.name)
            json.field("itemKind", dataset.catalogue.itemKind)
            json.key("scale")
            json.object { json in
                json.field("minimum", dataset.scale.minimum)
                json.field("maximum", dataset.scale.maximum)
                json.field("step", dataset.scale.step)
            }
            json.field("userCount", dataset.users.count)
            json.field("itemCount", dataset.items.count)
            json.field("ratingCount", dataset.ratings.ratingCount)
            json.key("genres")
            writeGenres(of: dataset.catalogue, to: &json)
            json.key("years")
            writeYears(of: dataset.catalogue, to: &json)
            json.field("attributes", dataset.catalogue.attributeNames)
            json.field("algorithms", algorithms.map(\.rawValue))
            json.field("similarities", Similarity.allCases.map(\.rawValue))
            json.key("defaults")
            json.object { json in
                json.field("count", defaults.count)
                json.field("algorithm", defaults.algorithm.rawValue)
                json.field("similarity", defaults.similarity?.rawValue)
                json.field("neighbours", defaults.neighbours)
                json.field("excludeShown", excludesShown)
            }
        }
        return json.bytes
    }

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/catalogue") { request, _ in
            try request.refuseParameters()
            return Response.json(shelf().catalogueAnswer, headers: [.cacheControl: Self.cacheControl])
        }
    }

    /// The first and the last that an item is of.
    private static func writeYears(of catalogue: Catalogue, to json: inout JSONWriter) {
        let years = catalogue.entries.lazy.compactMap(\.year)
        guard let first = years.min(), let last = years.max() else { return json.literal("null") }
        json.object { json in
            json.field("from", first)
            json.field("through", last)
        }
    }

    private static func writeGenres(of catalogue: Catalogue, to json: inout JSONWriter) {
        var counts: [String: Int] = [:]
        for entry in catalogue.entries {
            for genre in Set(entry.genres) { counts[genre, default: 0] += 1 }
        }
        json.array { json in
            for genre in catalogue.genres {
                json.object { json in
                    json.field("name", genre)
                    json.field("itemCount", counts[genre, default: 0])
                }
            }
        }
    }
}
