import Recommenders

/// What was asked for, by the names that requests use; what was left out is left out.
extension RecommendationQuery {
    func writeMembers(to json: inout JSONWriter) {
        if let count { json.field("count", count) }
        if let algorithm { json.field("algorithm", algorithm.rawValue) }
        if let similarity { json.field("similarity", similarity.rawValue) }
        if let neighbours { json.field("neighbours", neighbours) }
        if let genres { json.field("genres", genres) }
        if !excludedGenres.isEmpty { json.field("excludedGenres", excludedGenres) }
        if let years { json.field("years", years) }
        if !attributes.isEmpty { json.field("attributes", attributes) }
        if let items { json.field("items", items.map(\.rawValue)) }
        if !excludedItems.isEmpty { json.field("excludedItems", excludedItems.map(\.rawValue)) }
        if let excludesShown { json.field("excludeShown", excludesShown) }
        if !boosts.isEmpty { json.field("boosts", boosts) }
        if !pinned.isEmpty { json.field("pinned", pinned) }
        if let diversity { json.field("diversity", diversity) }
        if let exploration { json.field("exploration", exploration) }
        if let rows { json.field("rows", rows) }
        if let aggregation { json.field("aggregation", aggregation.rawValue) }
    }
}

extension YearRange: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            if let from { json.field("from", from) }
            if let through { json.field("through", through) }
        }
    }
}

extension Boost: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch target {
            case .genre(let genre): json.field("genre", genre)
            case .item(let item): json.field("item", item.rawValue)
            case .attribute(let name, let value):
                json.field("attribute", name)
                json.field("value", value)
            }
            json.field("strength", strength)
        }
    }
}

extension PinnedItem: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("item", item.rawValue)
            json.field("rank", rank)
        }
    }
}

extension Exploration: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("share", share)
            json.field("seed", Int(clamping: seed))
        }
    }
}

extension RowRequest: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            if let count { json.field("count", count) }
            if let length { json.field("length", length) }
            if let genres { json.field("genres", genres) }
        }
    }
}
