import Hummingbird
import Recommenders

/// What is recommended here. It changes with the ratings file only, so the answer is made once.
struct CatalogueRoutes: Sendable {
    /// How long clients may keep what is in the catalogue.
    static let cacheControl = "private, max-age=60"

    private let answer: [UInt8]

    init(_ shelf: ItemShelf, defaults: RecommendationDefaults) {
        let dataset = shelf.dataset
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
            Self.writeGenres(of: dataset.catalogue, to: &json)
            json.field("algorithms", shelf.algorithms.map(\.rawValue))
            json.field("similarities", Similarity.allCases.map(\.rawValue))
            json.key("defaults")
            json.object { json in
                json.field("count", defaults.count)
                json.field("algorithm", defaults.algorithm.rawValue)
                json.field("similarity", defaults.similarity?.rawValue)
                json.field("neighbours", defaults.neighbours)
            }
        }
        answer = json.bytes
    }

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.get("/v1/catalogue") { request, _ in
            try request.refuseParameters()
            return Response.json(answer, headers: [.cacheControl: Self.cacheControl])
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
