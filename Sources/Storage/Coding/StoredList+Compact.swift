import Experiments
import Jobs
import Recommenders
import ServiceRuntime

// The form, made at, algorithm, similarity, fallback, neighbours, ratings version, and the items: each with score, predicted rating, match,
// and the ratings behind it. Form 2 has what each of these ratings contributes, at the end of each item the other parts of its score
// and why it has its place, and at the end of the list its rows and the variants that made it: of each experiment, variant and phase. A
// list that has none of it is of form 1. Later forms may only add to the ends of arrays, so that a program reads those that it does not know.
extension StoredList {
    func write(to writer: inout CompactWriter) {
        let form = list.needsSecondForm || !experiments.isEmpty ? 2 : 1
        writer.array { writer in
            writer.write(form)
            writer.write(generatedAt.milliseconds)
            writer.write(list.algorithm.rawValue)
            writer.optional(list.similarity?.rawValue)
            writer.optional(list.fallback?.rawValue)
            writer.optional(list.neighbours)
            writer.optional(list.ratingsVersion?.description)
            writer.array { writer in
                for item in list.items { item.write(to: &writer, form: form) }
            }
            guard form > 1 else { return }
            writer.optional(list.rows) { writer, rows in
                writer.array { writer in
                    for row in rows {
                        writer.array { writer in
                            writer.write(row.genre)
                            writer.write(row.count)
                        }
                    }
                }
            }
            writer.array { writer in
                for assignment in experiments { assignment.write(to: &writer) }
            }
        }
    }

    init(reading reader: inout CompactReader) throws {
        self = try reader.array { reader in
            let form = try reader.integer(Int.self)
            guard form >= 1 else { throw CompactReader.Mismatch() }
            let generatedAt = Timestamp(milliseconds: try reader.integer())
            let algorithm: Algorithm = try reader.word()
            var list = RecommendationList(algorithm: algorithm, items: [])
            list.similarity = try reader.optional { try $0.word() }
            list.fallback = try reader.optional { try $0.word() }
            list.neighbours = try reader.optional { try $0.integer() }
            list.ratingsVersion = try reader.optional { try $0.ratingVersion() }
            list.items = try reader.list { reader in try Recommendation(reading: &reader, form: form) }
            guard form > 1 else { return StoredList(generatedAt: generatedAt, list: list) }
            list.rows = try reader.optional { reader in
                try reader.list { reader in
                    try reader.array { RecommendationRow(genre: try $0.string(), count: try $0.integer()) }
                }
            }
            let experiments = try reader.list { reader in try VariantAssignment(reading: &reader) }
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

extension RecommendationList {
    fileprivate var needsSecondForm: Bool {
        rows != nil || items.contains { $0.needsSecondForm }
    }
}

extension Recommendation {
    fileprivate var needsSecondForm: Bool {
        parts != nil || placement != .ranked || because.contains { $0.contribution != nil }
    }

    fileprivate func write(to writer: inout CompactWriter, form: Int) {
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
                        if form > 1 { writer.optional(reason.contribution) }
                    }
                }
            }
            guard form > 1 else { return }
            writer.optional(parts) { $1.write(to: &$0) }
            writer.optional(placement == .ranked ? nil : placement.rawValue)
        }
    }

    fileprivate init(reading reader: inout CompactReader, form: Int) throws {
        self = try reader.array { reader in
            let item = try reader.itemID()
            let score = try reader.double()
            let predicted = try reader.optional { try $0.double() }
            let match = try reader.optional { try $0.double() }
            let because = try reader.list { reader in
                try reader.array { reader in
                    Because(
                        item: try reader.itemID(), rating: try reader.double(),
                        contribution: form > 1 ? try reader.optional { try $0.double() } : nil)
                }
            }
            var recommendation = Recommendation(
                item: item, score: score, predictedRating: predicted, matchPercent: match, because: because)
            if form > 1 {
                recommendation.parts = try reader.optional { try ScoreParts(reading: &$0) }
                recommendation.placement = try reader.optional { try $0.word() } ?? .ranked
            }
            return recommendation
        }
    }
}

extension ScoreParts {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.array { writer in
            writer.write(others)
            writer.write(base)
            writer.write(boost)
            for member in members { writer.write(member) }
        }
    }

    fileprivate init(reading reader: inout CompactReader) throws {
        let numbers = try reader.list { try $0.double() }
        guard numbers.count >= 3 else { throw CompactReader.Mismatch() }
        self.init(others: numbers[0], base: numbers[1], boost: numbers[2], members: Array(numbers[3...]))
    }
}
