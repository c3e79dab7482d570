import Recommenders

/// The items as answers show them.
struct ItemShelf: Sendable {
    let dataset: Dataset
    let index: CatalogueIndex
    /// What can be asked for.
    let algorithms: [Algorithm]

    func place(of item: ItemID) throws(Problem) -> UInt32 {
        guard let place = dataset.items.index(of: item) else { throw Problem(.unknownItem) }
        return place
    }

    /// Id and title.
    func writeReference(to item: ItemID, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", item.rawValue)
            json.field("title", entry(of: item)?.title ?? item.rawValue)
        }
    }

    /// What a list shows. An item that the catalogue lost since the list was made is shown with its id for a title.
    func writeSummary(of item: ItemID, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", item.rawValue)
            writeDescription(entry(of: item) ?? CatalogueEntry(title: item.rawValue), &json)
        }
    }

    /// All that is known.
    ///
    /// - Parameter similarity: to the item that was asked about, 0 to 1; nil when none was.
    func writeDetail(of item: UInt32, similarity: Double? = nil, _ json: inout JSONWriter) {
        let statistics = index.statistics(of: item)
        json.object { json in
            json.field("id", dataset.items[item].rawValue)
            writeDescription(dataset.catalogue.entries[Int(item)], &json)
            json.field("ratingCount", statistics.ratingCount)
            json.field("meanRating", statistics.meanRating)
            if let similarity { json.field("similarity", similarity) }
        }
    }

    private func writeDescription(_ entry: CatalogueEntry, _ json: inout JSONWriter) {
        json.field("title", entry.title)
        json.field("year", entry.year)
        json.field("genres", entry.genres)
        json.field("links", entry.links)
    }

    private func entry(of item: ItemID) -> CatalogueEntry? {
        dataset.items.index(of: item).map { dataset.catalogue.entries[Int($0)] }
    }
}
