import Recommenders

/// What a body asks of a list. Genres, attributes, and items that are to be at a place or to move must be in the catalogue. Those that
/// are only to be left out, or to be chosen from, need not: whoever sends them may know of more than this catalogue has.
extension RecommendationQuery {
    static let fieldNames: Set<String> = [
        "count", "algorithm", "similarity", "neighbours", "genres", "excludedGenres", "years", "attributes", "items",
        "excludedItems", "excludeShown", "boosts", "pinned", "diversity", "exploration", "rows",
    ]

    init(reading fields: JSONFields, shelf: ItemShelf) throws(Problem) {
        self.init(
            count: try fields.integer("count", in: Self.countRange),
            algorithm: try fields.choice("algorithm", of: shelf.algorithms),
            similarity: try fields.choice("similarity"),
            neighbours: try fields.integer("neighbours", in: Self.neighboursRange),
            genres: try fields.genres("genres", on: shelf))
        excludedGenres = try fields.genres("excludedGenres", on: shelf) ?? []
        years = try fields.object("years", known: ["from", "through"]).map { fields throws(Problem) in
            try YearRange(reading: fields)
        }
        if years?.isUnbounded == true { years = nil }
        attributes = try fields.attributes("attributes", on: shelf)
        items = try fields.identifiers("items")
        excludedItems = try fields.identifiers("excludedItems") ?? []
        excludesShown = try fields.optional("excludeShown", as: .bool)
        boosts = try fields.objects("boosts", atMost: Self.boostsLimit, known: Boost.fieldNames) { fields throws(Problem) in
            try Boost(reading: fields, shelf: shelf)
        }
        pinned = try fields.objects("pinned", atMost: Self.pinsLimit, known: ["item", "rank"]) { fields throws(Problem) in
            PinnedItem(try fields.item("item", on: shelf), rank: try fields.requiredInteger("rank", in: Self.countRange))
        }
        diversity = try fields.number("diversity", in: Self.diversityRange)
        exploration = try fields.object("exploration", known: ["share", "seed"]).map { fields throws(Problem) in
            try Exploration(reading: fields)
        }
        rows = try fields.object("rows", known: ["count", "length", "genres"]).map { fields throws(Problem) in
            try RowRequest(reading: fields, shelf: shelf)
        }
        if rows != nil, count != nil {
            throw .invalidValue("a list in rows has the rows' count and length", at: fields.pointer(to: "count"))
        }
    }
}

extension YearRange {
    private static let bounds = -9999...9999

    fileprivate init(reading fields: JSONFields) throws(Problem) {
        self.init(
            from: try fields.integer("from", in: Self.bounds), through: try fields.integer("through", in: Self.bounds))
        if let from, let through, from > through {
            throw .invalidValue("\(through) is before \(from), where the years begin", at: fields.pointer(to: "through"))
        }
    }
}

extension Boost {
    fileprivate static let fieldNames: Set<String> = ["genre", "item", "attribute", "value", "strength"]

    /// Exactly one of genre, item, and attribute with its value.
    fileprivate init(reading fields: JSONFields, shelf: ItemShelf) throws(Problem) {
        let (genre, item) = (try fields.optional("genre", as: .string), try fields.optional("item", as: .string))
        let (name, value) = (try fields.optional("attribute", as: .string), try fields.optional("value", as: .string))
        let target: Target
        switch (genre, item, name, value) {
        case (let genre?, nil, nil, nil):
            try shelf.checkGenre(genre, at: fields.pointer(to: "genre"))
            target = .genre(genre)
        case (nil, _?, nil, nil):
            target = .item(try fields.item("item", on: shelf))
        case (nil, nil, let name?, let value?):
            try shelf.checkAttribute(name, at: fields.pointer(to: "attribute"))
            try fields.check(value, at: fields.pointer(to: "value"))
            target = .attribute(name: name, value: value)
        default:
            throw .invalidValue("one of genre, item, and attribute with value is expected", at: fields.pointer)
        }
        self.init(target, strength: try fields.requiredNumber("strength", in: Self.strengthRange))
    }
}

extension Exploration {
    /// JSON numbers are exact up to here everywhere.
    private static let seeds = 0...(1 << 53 - 1)

    fileprivate init(reading fields: JSONFields) throws(Problem) {
        self.init(
            share: try fields.requiredNumber("share", in: Self.shareRange),
            seed: UInt64(try fields.integer("seed", in: Self.seeds) ?? 0))
    }
}

extension RowRequest {
    fileprivate init(reading fields: JSONFields, shelf: ItemShelf) throws(Problem) {
        self.init(
            count: try fields.integer("count", in: Self.countRange), length: try fields.integer("length", in: Self.lengthRange),
            genres: try fields.genres("genres", on: shelf))
        guard genres?.count ?? 0 <= Self.countRange.upperBound else {
            throw .invalidValue("at most \(Self.countRange.upperBound) rows are made", at: fields.pointer(to: "genres"))
        }
    }
}
