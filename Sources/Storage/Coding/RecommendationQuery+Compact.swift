import Recommenders

// Count, algorithm, similarity, neighbours and genres. What the first form of a job's record has no place for: genres that are not wanted; from and through which year; attributes, each an
// array of its name and values; items, and those that are not wanted; boosts, each its kind, one or two names and the strength; pinned
// items with their ranks; diversity; share and seed of the exploration; number, length and genres of rows; aggregation; whether what was
// shown is left out.
extension RecommendationQuery {
    var hasLaterPart: Bool {
        self
            != RecommendationQuery(
                count: count, algorithm: algorithm, similarity: similarity, neighbours: neighbours, genres: genres)
    }

    func writeFirstPart(to writer: inout CompactWriter) {
        writer.optional(count)
        writer.optional(algorithm?.rawValue)
        writer.optional(similarity?.rawValue)
        writer.optional(neighbours)
        writer.optional(genres) { $0.write($1) }
    }

    init(readingFirstPart reader: inout CompactReader) throws {
        self.init(
            count: try reader.optional { try $0.integer() }, algorithm: try reader.optional { try $0.word() },
            similarity: try reader.optional { try $0.word() }, neighbours: try reader.optional { try $0.integer() },
            genres: try reader.optional { try $0.strings() })
    }

    func writeLaterPart(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(excludedGenres)
            writer.optional(years) { writer, years in
                writer.array { writer in
                    writer.optional(years.from)
                    writer.optional(years.through)
                }
            }
            writer.array { writer in
                for (name, values) in attributes.sorted(by: { $0.key < $1.key }) { writer.write([name] + values) }
            }
            writer.optional(items) { $0.write($1.map(\.rawValue)) }
            writer.write(excludedItems.map(\.rawValue))
            writer.array { writer in
                for boost in boosts { boost.write(to: &writer) }
            }
            writer.array { writer in
                for pinned in pinned {
                    writer.array { writer in
                        writer.write(pinned.item.rawValue)
                        writer.write(pinned.rank)
                    }
                }
            }
            writer.optional(diversity)
            writer.optional(exploration) { writer, exploration in
                writer.array { writer in
                    writer.write(exploration.share)
                    writer.write(exploration.seed)
                }
            }
            writer.optional(rows) { writer, rows in
                writer.array { writer in
                    writer.optional(rows.count)
                    writer.optional(rows.length)
                    writer.optional(rows.genres) { $0.write($1) }
                }
            }
            writer.optional(aggregation?.rawValue)
            writer.optional(excludesShown) { $0.write($1) }
        }
    }

    mutating func readLaterPart(from reader: inout CompactReader) throws {
        try reader.array { reader in
            excludedGenres = try reader.strings()
            years = try reader.optional { reader in
                try reader.array { reader in
                    YearRange(from: try reader.optional { try $0.integer() }, through: try reader.optional { try $0.integer() })
                }
            }
            for values in try reader.list({ try $0.strings() }) {
                guard let name = values.first else { throw CompactReader.Mismatch() }
                attributes[name] = Array(values.dropFirst())
            }
            items = try reader.optional { reader in try reader.list { try $0.itemID() } }
            excludedItems = try reader.list { try $0.itemID() }
            boosts = try reader.list { try Boost(reading: &$0) }
            pinned = try reader.list { reader in
                try reader.array { PinnedItem(try $0.itemID(), rank: try $0.integer()) }
            }
            diversity = try reader.optional { try $0.double() }
            exploration = try reader.optional { reader in
                try reader.array { Exploration(share: try $0.double(), seed: try $0.integer()) }
            }
            rows = try reader.optional { reader in
                try reader.array { reader in
                    RowRequest(
                        count: try reader.optional { try $0.integer() }, length: try reader.optional { try $0.integer() },
                        genres: try reader.optional { try $0.strings() })
                }
            }
            aggregation = try reader.optional { try $0.word() }
            excludesShown = try reader.optional { try $0.bool() }
        }
    }
}

extension Boost {
    private enum Kind: String { case genre, item, attribute }

    fileprivate func write(to writer: inout CompactWriter) {
        let (kind, names): (Kind, [String]) =
            switch target {
            case .genre(let genre): (.genre, [genre])
            case .item(let item): (.item, [item.rawValue])
            case .attribute(let name, let value): (.attribute, [name, value])
            }
        writer.array { writer in
            writer.write(kind.rawValue)
            for name in names { writer.write(name) }
            writer.write(strength)
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            let target: Target =
                switch try reader.word(Kind.self) {
                case .genre: .genre(try reader.string())
                case .item: .item(try reader.itemID())
                case .attribute: .attribute(name: try reader.string(), value: try reader.string())
                }
            return Boost(target, strength: try reader.double())
        }
    }
}

extension CompactWriter {
    mutating func write(_ texts: [String]) {
        array { writer in
            for text in texts { writer.write(text) }
        }
    }
}

extension CompactReader {
    mutating func strings() throws -> [String] { try list { try $0.string() } }
}
