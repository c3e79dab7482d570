import Recommenders

extension WireWriter {
    mutating func write(_ query: RecommendationQuery) {
        object { wire in
            wire.field(WireKey.Query.count, query.count) { $0.integer($1) }
            wire.field(WireKey.Query.algorithm, query.algorithm) { $0.string($1.rawValue) }
            wire.field(WireKey.Query.similarity, query.similarity) { $0.string($1.rawValue) }
            wire.field(WireKey.Query.neighbours, query.neighbours) { $0.integer($1) }
            wire.field(WireKey.Query.genres, query.genres) { $0.strings($1) }
            wire.field(WireKey.Query.excludedGenres, query.excludedGenres.nonEmpty) { $0.strings($1) }
            wire.field(WireKey.Query.years, query.years) { $0.write($1) }
            wire.field(WireKey.Query.attributes, query.attributes.isEmpty ? nil : query.attributes) { $0.write($1) }
            wire.field(WireKey.Query.items, query.items) { $0.strings($1.map(\.rawValue)) }
            wire.field(WireKey.Query.excludedItems, query.excludedItems.nonEmpty) { $0.strings($1.map(\.rawValue)) }
            wire.field(WireKey.Query.excludesShown, query.excludesShown) { $0.bool($1) }
            wire.field(WireKey.Query.boosts, query.boosts.nonEmpty) { $0.array($1) { $0.write($1) } }
            wire.field(WireKey.Query.pinned, query.pinned.nonEmpty) { $0.array($1) { $0.write($1) } }
            wire.field(WireKey.Query.diversity, query.diversity) { $0.double($1) }
            wire.field(WireKey.Query.exploration, query.exploration) { $0.write($1) }
            wire.field(WireKey.Query.rows, query.rows) { $0.write($1) }
            wire.field(WireKey.Query.aggregation, query.aggregation) { $0.string($1.rawValue) }
        }
    }

    private mutating func write(_ years: YearRange) {
        object { wire in
            wire.field(WireKey.Years.from, years.from) { $0.integer($1) }
            wire.field(WireKey.Years.through, years.through) { $0.integer($1) }
        }
    }

    /// In order of name, so that the same query is always the same text.
    private mutating func write(_ attributes: [String: [String]]) {
        object { wire in
            for (name, values) in attributes.sorted(by: { $0.key < $1.key }) {
                wire.key(name)
                wire.strings(values)
            }
        }
    }

    private mutating func write(_ boost: Boost) {
        object { wire in
            switch boost.target {
            case .genre(let genre): wire.field(WireKey.Boost.genre, genre) { $0.string($1) }
            case .item(let item): wire.field(WireKey.Boost.item, item) { $0.string($1.rawValue) }
            case .attribute(let name, let value):
                wire.field(WireKey.Boost.attribute, name) { $0.string($1) }
                wire.field(WireKey.Boost.value, value) { $0.string($1) }
            }
            wire.field(WireKey.Boost.strength, boost.strength) { $0.double($1) }
        }
    }

    private mutating func write(_ pinned: PinnedItem) {
        object { wire in
            wire.field(WireKey.Pinned.item, pinned.item) { $0.string($1.rawValue) }
            wire.field(WireKey.Pinned.rank, pinned.rank) { $0.integer($1) }
        }
    }

    private mutating func write(_ exploration: Exploration) {
        object { wire in
            wire.field(WireKey.Exploration.share, exploration.share) { $0.double($1) }
            wire.field(WireKey.Exploration.seed, exploration.seed) { $0.integer($1) }
        }
    }

    private mutating func write(_ rows: RowRequest) {
        object { wire in
            wire.field(WireKey.Rows.count, rows.count) { $0.integer($1) }
            wire.field(WireKey.Rows.length, rows.length) { $0.integer($1) }
            wire.field(WireKey.Rows.genres, rows.genres) { $0.strings($1) }
        }
    }

    private mutating func strings(_ texts: [String]) { array(texts) { $0.string($1) } }

    /// A member, unless there is nothing to say.
    private mutating func field<Value>(
        _ key: some RawRepresentable<String>, _ value: Value?, _ write: (inout WireWriter, Value) -> Void
    ) {
        guard let value else { return }
        self.key(key.rawValue)
        write(&self, value)
    }
}

extension Array {
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
