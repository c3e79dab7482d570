import Jobs
import Recommenders
import ServiceRuntime

// 1, made at, algorithm, similarity, fallback, neighbours, ratings version, and the items: each with score, predicted rating, match,
// and the ratings behind it.
extension StoredList {
    func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(1)
            writer.write(generatedAt.milliseconds)
            writer.write(list.algorithm.rawValue)
            writer.optional(list.similarity?.rawValue)
            writer.optional(list.fallback?.rawValue)
            writer.optional(list.neighbours)
            writer.optional(list.ratingsVersion?.description)
            writer.array { writer in
                for item in list.items { item.write(to: &writer) }
            }
        }
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            try reader.version(1)
            let generatedAt = Timestamp(milliseconds: try reader.integer())
            let algorithm: Algorithm = try reader.word()
            var list = RecommendationList(algorithm: algorithm, items: [])
            list.similarity = try reader.optional { try $0.word() }
            list.fallback = try reader.optional { try $0.word() }
            list.neighbours = try reader.optional { try $0.integer() }
            list.ratingsVersion = try reader.optional { try $0.ratingVersion() }
            list.items = try reader.list { reader in try Recommendation(reading: &reader) }
            return StoredList(generatedAt: generatedAt, list: list)
        }
    }
}

extension Recommendation {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(item.rawValue)
            writer.write(score)
            writer.optional(predictedRating)
            writer.optional(matchPercent)
            writer.array { writer in
                for reason in because {
                    writer.array { writer in
                        writer.write(reason.item.rawValue)
                        writer.write(reason.rating)
                    }
                }
            }
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            let item = try reader.itemID()
            let score = try reader.double()
            let predicted = try reader.optional { try $0.double() }
            let match = try reader.optional { try $0.double() }
            let because = try reader.list { reader in
                try reader.array { reader in
                    Because(item: try reader.itemID(), rating: try reader.double())
                }
            }
            return Recommendation(
                item: item, score: score, predictedRating: predicted, matchPercent: match, because: because)
        }
    }
}
