import Recommenders

/// A list with the names of its items.
struct RecommendationView {
    let list: RecommendationList
    let dataset: Dataset
    let user: String?

    var text: String {
        guard !list.items.isEmpty else { return "Nothing to recommend: all that fits is rated already." }
        var table = Table(columns: [
            .init(title: "#", isRightAligned: true), .init(title: "Title", maximumWidth: 46),
            .init(title: "Genres", maximumWidth: 30), .init(title: "Stars", isRightAligned: true),
            .init(title: "Match", isRightAligned: true), .init(title: "Because you rated", maximumWidth: 60),
        ])
        for (place, item) in list.items.enumerated() {
            table.add([
                "\(place + 1)", title(of: item.item), entry(of: item.item)?.genres.joined(separator: ", ") ?? "",
                item.predictedRating?.rounded(toDigits: 1) ?? "-",
                item.matchPercent.map { $0.rounded(toDigits: 0) + " %" } ?? "-",
                item.because.map { title(of: $0.item) }.joined(separator: "; "),
            ])
        }
        return table.text + "\n\n" + origin
    }

    var json: JSON {
        [
            "dataset": .string(dataset.name), "user": .optional(user), "algorithm": .string(list.algorithm.rawValue),
            "similarity": .optional(list.similarity?.rawValue), "neighbours": .optional(list.neighbours),
            "fallback": .optional(list.fallback?.rawValue),
            "items": .array(list.items.enumerated().map { place, item in json(of: item, rank: place + 1) }),
        ]
    }

    /// "user-neighbors, cosine, 50 neighbours; MovieLens ml-latest-small"
    private var origin: String {
        var parts = [list.algorithm.rawValue]
        if let similarity = list.similarity { parts.append(similarity.rawValue) }
        if let count = list.neighbours { parts.append("\(count) \(count == 1 ? "neighbour" : "neighbours")") }
        if let fallback = list.fallback { parts.append("nothing to go by, so by \(fallback.rawValue)") }
        return parts.joined(separator: ", ") + "; " + dataset.name.onOneLine
    }

    private func json(of recommendation: Recommendation, rank: Int) -> JSON {
        [
            "rank": .integer(rank), "item": json(of: recommendation.item), "score": .number(recommendation.score),
            "predictedRating": .optional(recommendation.predictedRating),
            "matchPercent": .optional(recommendation.matchPercent),
            "because": .array(
                recommendation.because.map { ["item": json(of: $0.item), "rating": .number($0.rating)] }),
        ]
    }

    private func json(of item: ItemID) -> JSON {
        let entry = entry(of: item)
        return [
            "id": .string(item.rawValue), "title": .optional(entry?.title), "year": .optional(entry?.year),
            "genres": .strings(entry?.genres ?? []),
        ]
    }

    private func title(of item: ItemID) -> String {
        guard let entry = entry(of: item) else { return item.rawValue }
        return entry.year.map { "\(entry.title) (\($0))" } ?? entry.title
    }

    private func entry(of item: ItemID) -> CatalogueEntry? {
        dataset.items.index(of: item).map { dataset.catalogue.entries[Int($0)] }
    }
}
