import Experiments
import Jobs
import Recommenders
import ServiceRuntime

// 1, made at, algorithm, similarity, fallback, neighbours, ratings version, and the items: each with score, predicted rating, match,
// and the ratings behind it. A list of an experiment is of form 2, which has the variants at the end: of each experiment, variant and
// phase. All others are of form 1, so that gateways and workers of before can read them.
extension StoredList {
    func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(experiments.isEmpty ? 1 : 2)
            writer.write(generatedAt.milliseconds)
            writer.write(list.algorithm.rawValue)
            writer.optional(list.similarity?.rawValue)
            writer.optional(list.fallback?.rawValue)
            writer.optional(list.neighbours)
            writer.optional(list.ratingsVersion?.description)
            writer.array { writer in
                for item in list.items { item.write(to: &writer) }
            }
            guard !experiments.isEmpty else { return }
            writer.array { writer in
                for assignment in experiments { assignment.write(to: &writer) }
            }
        }
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            let form = try reader.integer(Int.self)
            guard 1...2 ~= form else { throw CompactReader.Mismatch() }
            let generatedAt = Timestamp(milliseconds: try reader.integer())
            let algorithm: Algorithm = try reader.word()
            var list = RecommendationList(algorithm: algorithm, items: [])
            list.similarity = try reader.optional { try $0.word() }
            list.fallback = try reader.optional { try $0.word() }
            list.neighbours = try reader.optional { try $0.integer() }
            list.ratingsVersion = try reader.optional { try $0.ratingVersion() }
            list.items = try reader.list { reader in try Recommendation(reading: &reader) }
            let experiments = form == 1 ? [] : try reader.list { reader in try VariantAssignment(reading: &reader) }
            return StoredList(generatedAt: generatedAt, list: list, experiments: experiments)
        }
    }
}

extension VariantAssignment {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(experiment)
            writer.write(variant)
            writer.write(phase)
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            VariantAssignment(experiment: try reader.string(), variant: try reader.string(), phase: try reader.string())
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
