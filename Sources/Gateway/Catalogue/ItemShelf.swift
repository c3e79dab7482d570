import Recommenders

/// The items as answers show them, from one generation of files: whoever answers a request takes it once.
final class ItemShelf: Sendable {
    let dataset: Dataset
    let index: CatalogueIndex
    /// What can be asked for.
    let algorithms: [Algorithm]
    /// What requests get that do not say; the workers' affair, but clients may ask.
    let defaults: RecommendationDefaults
    /// For each item the items most like it; nil until they have been trained.
    let similarItems: ItemWeights?
    /// Items that came in since the files were made, which these know nothing of, or nothing but the id.
    let newItems: [ItemID: CatalogueEntry]
    /// The answer to who asks what is recommended here, which is always the same.
    let catalogueAnswer: [UInt8]

    init(
        dataset: Dataset, index: CatalogueIndex? = nil, algorithms: [Algorithm] = Algorithm.allCases.filter { !$0.needsModel },
        defaults: RecommendationDefaults = RecommendationDefaults(), similarItems: ItemWeights? = nil
    ) {
        self.dataset = dataset
        self.index = index ?? CatalogueIndex(dataset)
        self.algorithms = algorithms
        self.defaults = defaults
        self.similarItems = similarItems
        newItems = [:]
        catalogueAnswer = CatalogueRoutes.answer(dataset, algorithms: algorithms, defaults: defaults)
    }

    private init(_ old: ItemShelf, with newItems: [ItemID: CatalogueEntry]) {
        dataset = old.dataset
        index = old.index
        algorithms = old.algorithms
        defaults = old.defaults
        similarItems = old.similarItems
        catalogueAnswer = old.catalogueAnswer
        self.newItems = newItems
    }

    /// The same with items that came in since.
    func with(_ newItems: [ItemID: CatalogueEntry]) -> ItemShelf {
        newItems.isEmpty ? self : ItemShelf(self, with: newItems)
    }

    /// - Returns: nil for a new item.
    /// - Throws: for one that nobody knows.
    func place(of item: ItemID) throws(Problem) -> UInt32? {
        let place = dataset.items.index(of: item)
        guard place != nil || newItems[item] != nil else { throw Problem(.unknownItem) }
        return place
    }

    func has(_ item: ItemID) -> Bool { dataset.items.index(of: item) != nil || newItems[item] != nil }

    /// Whether the files say more of an item than its id.
    func isDescribed(_ item: ItemID) -> Bool {
        dataset.items.index(of: item).map { dataset.catalogue.entries[Int($0)] != CatalogueEntry(title: item.rawValue) } ?? false
    }

    /// Id and title.
    func writeReference(to item: ItemID, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", item.rawValue)
            json.field("title", entry(of: item)?.title ?? item.rawValue)
        }
    }

    /// What a list shows. An item that nobody has described, or that the catalogue lost since the list was made, is shown with its id for a
    /// title.
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

    /// The same as members of an object that the caller opened. An item that the catalogue does not have is one that nobody rated.
    func writeMembers(of item: ItemID, _ json: inout JSONWriter) {
        writeMembers(of: item, at: dataset.items.index(of: item), &json)
    }

    private func writeMembers(of item: ItemID, at place: UInt32?, _ json: inout JSONWriter) {
        let entry = entry(of: item, at: place)
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

    private func entry(of item: ItemID) -> CatalogueEntry? { entry(of: item, at: dataset.items.index(of: item)) }

    private func entry(of item: ItemID, at place: UInt32?) -> CatalogueEntry? {
        guard let place else { return newItems[item] }
        let entry = dataset.catalogue.entries[Int(place)]
        // A compaction that could not ask what a new item is left it its id for a title.
        return entry.title == item.rawValue ? newItems[item] ?? entry : entry
    }
}
