import JSON
import Recommenders

/// A query in a message. What is out of its range is no query: no gateway of ours wrote it.
extension JSONReader {
    mutating func query() throws(Malformed) -> RecommendationQuery {
        var query = RecommendationQuery()
        try members(WireKey.Query.self) { key, reader throws(Malformed) in
            switch key {
            case .count: query.count = try reader.integer(in: RecommendationQuery.countRange)
            case .algorithm: query.algorithm = try reader.value { Algorithm(rawValue: $0) }
            case .similarity: query.similarity = try reader.value { Similarity(rawValue: $0) }
            case .neighbours: query.neighbours = try reader.integer(in: RecommendationQuery.neighboursRange)
            case .genres: query.genres = try reader.strings()
            case .excludedGenres: query.excludedGenres = try reader.strings()
            case .years: query.years = try reader.years()
            case .attributes: query.attributes = try reader.attributes()
            case .items: query.items = try reader.items()
            case .excludedItems: query.excludedItems = try reader.items()
            case .excludesShown: query.excludesShown = try reader.bool()
            case .boosts: query.boosts = try reader.list { reader throws(Malformed) in try reader.boost() }
            case .pinned: query.pinned = try reader.list { reader throws(Malformed) in try reader.pinned() }
            case .diversity: query.diversity = try reader.double(in: RecommendationQuery.diversityRange)
            case .exploration: query.exploration = try reader.exploration()
            case .rows: query.rows = try reader.rows()
            case .aggregation: query.aggregation = try reader.value { GroupAggregation(rawValue: $0) }
            }
        }
        return query
    }

    private mutating func years() throws(Malformed) -> YearRange {
        var years = YearRange()
        try members(WireKey.Years.self) { key, reader throws(Malformed) in
            switch key {
            case .from: years.from = try reader.integer()
            case .through: years.through = try reader.integer()
            }
        }
        return years
    }

    private mutating func attributes() throws(Malformed) -> [String: [String]] {
        var attributes: [String: [String]] = [:]
        try beginObject()
        while let name = try nextName() {
            guard attributes.updateValue(try strings(), forKey: name) == nil else {
                throw malformed("a name occurs twice in one object")
            }
        }
        return attributes
    }

    private mutating func boost() throws(Malformed) -> Boost {
        var targets: [Boost.Target] = []
        var (attribute, value, strength): (String?, String?, Double?) = (nil, nil, nil)
        try members(WireKey.Boost.self) { key, reader throws(Malformed) in
            switch key {
            case .genre: targets.append(.genre(try reader.string()))
            case .item: targets.append(.item(try reader.value { try? ItemID($0) }))
            case .attribute: attribute = try reader.string()
            case .value: value = try reader.string()
            case .strength: strength = try reader.double(in: Boost.strengthRange)
            }
        }
        if let attribute, let value { targets.append(.attribute(name: attribute, value: value)) }
        guard let target = targets.first, targets.count == 1, let strength else { throw malformed("no boost") }
        return Boost(target, strength: strength)
    }

    private mutating func pinned() throws(Malformed) -> PinnedItem {
        var (item, rank): (ItemID?, Int?) = (nil, nil)
        try members(WireKey.Pinned.self) { key, reader throws(Malformed) in
            switch key {
            case .item: item = try reader.value { try? ItemID($0) }
            case .rank: rank = try reader.integer(in: RecommendationQuery.countRange)
            }
        }
        guard let item, let rank else { throw malformed("no pinned item") }
        return PinnedItem(item, rank: rank)
    }

    private mutating func exploration() throws(Malformed) -> Exploration {
        var (share, seed): (Double?, UInt64?) = (nil, nil)
        try members(WireKey.Exploration.self) { key, reader throws(Malformed) in
            switch key {
            case .share: share = try reader.double(in: Exploration.shareRange)
            case .seed: seed = try reader.integer()
            }
        }
        guard let share, let seed else { throw malformed("no exploration") }
        return Exploration(share: share, seed: seed)
    }

    private mutating func rows() throws(Malformed) -> RowRequest {
        var rows = RowRequest()
        try members(WireKey.Rows.self) { key, reader throws(Malformed) in
            switch key {
            case .count: rows.count = try reader.integer(in: RowRequest.countRange)
            case .length: rows.length = try reader.integer(in: RowRequest.lengthRange)
            case .genres: rows.genres = try reader.strings()
            }
        }
        return rows
    }

    private mutating func strings() throws(Malformed) -> [String] {
        try list { reader throws(Malformed) in try reader.string() }
    }

    private mutating func items() throws(Malformed) -> [ItemID] {
        try list { reader throws(Malformed) in try reader.value { try? ItemID($0) } }
    }

    private mutating func integer(in range: ClosedRange<Int>) throws(Malformed) -> Int {
        let number: Int = try integer()
        guard range.contains(number) else { throw malformed("a number out of its range") }
        return number
    }

    private mutating func double(in range: ClosedRange<Double>) throws(Malformed) -> Double {
        let number = try double()
        guard range.contains(number) else { throw malformed("a number out of its range") }
        return number
    }
}
