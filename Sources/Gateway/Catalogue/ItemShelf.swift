import Recommenders

/// The items as answers show them, from one generation of files: whoever answers a request takes it once.
final class ItemShelf: Sendable {
    let dataset: Dataset
    let index: CatalogueIndex
    /// What can be asked for.
    let algorithms: [Algorithm]
    /// What lists can be filtered by, sorted.
    let attributes: [String]
    /// What requests get that do not say; the workers' affair, but clients may ask.
    let defaults: RecommendationDefaults
    /// For each item the items most like it; nil until they have been trained.
    let similarItems: ItemWeights?
    /// The answer to who asks what is recommended here, which is always the same.
    let catalogueAnswer: [UInt8]

    init(
        dataset: Dataset, index: CatalogueIndex? = nil, algorithms: [Algorithm] = Algorithm.allCases.filter { !$0.needsModel },
        defaults: RecommendationDefaults = RecommendationDefaults(), excludesShown: Bool = false, similarItems: ItemWeights? = nil
    ) {
        self.dataset = dataset
        self.index = index ?? CatalogueIndex(dataset)
        self.algorithms = algorithms
        attributes = dataset.catalogue.attributeNames
        self.defaults = defaults
        self.similarItems = similarItems
        catalogueAnswer = CatalogueRoutes.answer(
            dataset, algorithms: algorithms, defaults: defaults, excludesShown: excludesShown)
    }

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
        json.object { json in
            writeMembers(of: dataset.items[item], at: item, &json)
            if let similarity { json.field("similarity", similarity) }
        }
    }

    /// The same as members of an object that the caller opened. An item that the catalogue lost is one that nobody rated.
    func writeMembers(of item: ItemID, _ json: inout JSONWriter) {
        writeMembers(of: item, at: dataset.items.index(of: item), &json)
    }

    private func writeMembers(of item: ItemID, at place: UInt32?, _ json: inout JSONWriter) {
        let entry = place.map { dataset.catalogue.entries[Int($0)] }
        let statistics = place.map { index.statistics(of: $0) }
        json.field("id", item.rawValue)
        writeDescription(entry ?? CatalogueEntry(title: item.rawValue), &json)
        json.field("ratingCount", statistics?.ratingCount ?? 0)
        json.field("meanRating", statistics?.meanRating)
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
