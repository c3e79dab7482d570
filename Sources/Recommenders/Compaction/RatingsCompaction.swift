/// Folds what users said since into a data set: the same as importing anew what was imported and what was said, in memory that depends on
/// neither.
///
/// Of a user's words on an item the one with the greatest version holds. It replaces the data set's rating, unless that is later, as of
/// several ratings the latest holds when they are imported; where it takes back or dismisses, nothing remains. Items keep their indices,
/// so that models fit as before; new ones follow them. Users who are left without ratings go, and others move up. Of users who were removed
/// nothing remains, whatever they said and when.
///
/// Rows and columns are sorted already and only merged with what is new, which is sorted on the disk. In memory are the ids, a few numbers
/// for each user and item, and the runs of the sort; all else goes by.
package struct RatingsCompaction {
    /// How many words are sorted in memory at once: 32 bytes each, and half as much again while they are.
    package static let runLength = 1 << 20

    private let base: Dataset
    private let folder: String
    private var users: GrowingVocabulary<UserID>
    private var items: GrowingVocabulary<ItemID>
    private var removed: Set<UInt32> = []
    private var descriptions: [ItemID: CatalogueEntry] = [:]
    private var words: DiskSort<RatingWord>
    private let runLength: Int
    private var wordCount = 0

    /// - Parameter folder: where what is in the making may lie, on a disk with room for twice the new file.
    package init(of base: Dataset, scratch folder: String, runLength: Int = runLength) {
        self.base = base
        self.folder = folder
        self.runLength = runLength
        users = GrowingVocabulary(base.users)
        items = GrowingVocabulary(base.items)
        words = DiskSort(inFolder: folder, runLength: runLength)
    }

    /// Takes in what `user` said. Order and repetition make no difference but to the order of new ids.
    package mutating func add(_ update: RatingUpdate, of user: UserID) throws(StoredFileError) {
        let word = RatingWord(update, user: users.number(of: user), item: items.number(of: update.item), on: base.scale)
        wordCount += 1
        do throws(FileError) { try words.add(word) } catch { throw StoredFileError(writing: error) }
    }

    /// Says what items are that the data set does not have, or of which it has only the id. All others have their id for a title.
    package mutating func describe(_ items: [ItemID: CatalogueEntry]) { descriptions = items }

    /// Forgets `user` for good.
    package mutating func remove(_ user: UserID) { removed.insert(users.number(of: user)) }

    /// The new data set, whose ratings lie on the disk and are gone when nobody holds it any more.
    ///
    /// - Parameter logOffset: where those words begin that were not added.
    /// - Precondition: it is asked for once, and nothing is added afterwards.
    /// - Complexity: O(ratings + words log words).
    package mutating func finish(logOffset: Int64?) throws(StoredFileError) -> (dataset: Dataset, counts: CompactionCounts) {
        guard max(users.count, items.count, base.ratings.ratingCount + wordCount) < UInt32.max else {
            throw StoredFileError(.unwritable, "more than 4,294,967,294 ratings, users or items do not fit into a ratings file")
        }
        do throws(FileError) {
            var rows = try CompactedRows(
                base.ratings, userCount: users.count, itemCount: items.count, folder: folder, runLength: runLength)
            let words = exchange(&words, with: DiskSort(inFolder: folder, runLength: runLength))
            try rows.merge(words.sorted(), without: removed)
            let finished = try (consume rows).finish()
            let columns = try CompactedColumns(base.ratings, rows: finished, folder: folder)
            var counts = finished.counts
            counts.words = wordCount
            return (dataset(finished, columns, logOffset), counts)
        } catch {
            throw StoredFileError(writing: error)
        }
    }

    private func dataset(_ rows: CompactedRows.Finished, _ columns: CompactedColumns, _ logOffset: Int64?) -> Dataset {
        let ratings = RatingMatrix(
            rowStarts: FlatArray(rows.starts), items: rows.items, rowCodes: rows.codes, rowTimes: rows.times,
            columnStarts: FlatArray(columns.starts), users: columns.users, columnCodes: columns.codes, timeOrder: rows.timeOrder)
        let items = items.vocabulary { rows.newItem(of: $0) != nil }
        let catalogue = catalogue(of: items)
        return Dataset(
            name: base.name, scale: base.scale, users: users.vocabulary { rows.newUser(of: $0) != nil }, items: items,
            ratings: ratings, catalogue: catalogue, logOffset: logOffset)
    }

    private func catalogue(of items: Vocabulary<ItemID>) -> Catalogue {
        let places = descriptions.keys.compactMap { base.items.index(of: $0).map { Int($0) } }
        let undescribed = places.filter { base.catalogue.entries[$0] == CatalogueEntry(title: base.items.ids[$0].rawValue) }
        if undescribed.isEmpty, items.count == base.items.count { return base.catalogue }
        var entries = Array(base.catalogue.entries)
        for place in undescribed { entries[place] = descriptions[base.items.ids[place]] ?? entries[place] }
        for place in base.items.count..<items.count {
            entries.append(descriptions[items.ids[place]] ?? CatalogueEntry(title: items.ids[place].rawValue))
        }
        return Catalogue(itemKind: base.catalogue.itemKind, entries: entries)
    }
}

/// What a compaction did.
package struct CompactionCounts: Equatable, Sendable {
    /// What was said.
    package var words = 0
    package var added = 0
    package var replaced = 0
    package var removed = 0
    /// Ratings of the data set that are later than what was said.
    package var older = 0
    package var newUsers = 0
    package var newItems = 0
    /// Users who have no ratings any more.
    package var goneUsers = 0

    package init() {}
}
