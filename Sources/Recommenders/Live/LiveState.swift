/// The ratings of a file with what was said since laid over them, at one moment. It never changes.
///
/// Users and items that the file does not know are numbered behind its own, in the order in which they first came, as a compaction numbers
/// them: so a list is the one that a file rebuilt with the same ratings gives, ties included.
package final class LiveState: Sendable {
    package let dataset: Dataset
    let tables: LiveTables
    private let users: LiveVocabulary<UserID>
    private let items: LiveVocabulary<ItemID>

    init(_ dataset: Dataset, _ tables: LiveTables, _ users: LiveVocabulary<UserID>, _ items: LiveVocabulary<ItemID>) {
        self.dataset = dataset
        self.tables = tables
        self.users = users
        self.items = items
    }

    /// Grows with every batch that changed anything.
    package var version: UInt64 { tables.version }

    package var size: LiveSize {
        var size = tables.size
        size.bytes = tables.byteCount
        return size
    }

    /// With new ones.
    package var userCount: Int { tables.userCount }

    /// With new ones.
    package var itemCount: Int { tables.itemCount }

    /// - Returns: nil for users who are neither in the file nor said anything.
    package func index(of user: UserID) -> UInt32? { users.number(of: user, among: userCount) }

    /// - Returns: nil for items that are neither in the file nor rated by anybody.
    package func index(of item: ItemID) -> UInt32? {
        guard let index = items.number(of: item, among: itemCount) else { return nil }
        return index < dataset.items.count || ratingCount(ofItem: index) > 0 ? index : nil
    }

    package func user(_ index: UInt32) -> UserID { users[index] }

    package func item(_ index: UInt32) -> ItemID { items[index] }

    /// What is known of an item; of one that the file does not know only its id.
    package func entry(of item: UInt32) -> CatalogueEntry {
        item < dataset.items.count ? dataset.catalogue.entries[Int(item)] : CatalogueEntry(title: self.item(item).rawValue)
    }

    /// How many ratings a user has.
    package func ratingCount(ofUser user: UInt32) -> Int { tables.ratingCount(ofUser: user) }

    /// How many ratings an item has.
    package func ratingCount(ofItem item: UInt32) -> Int { tables.ratingCount(ofItem: item) }

    /// How often a rating of the item came, changed or went since the file was written.
    package func changeCount(ofItem item: UInt32) -> Int { Int(tables.items[Int(item)]?.changes ?? 0) }

    /// Whether the user said anything since the file was written, or left.
    package func isTouched(user: UInt32) -> Bool { tables.isTouched(user) }

    /// Whether the user left.
    package func isRemoved(user: UInt32) -> Bool { tables.isRemoved(user) }

    /// A user's ratings by ascending item; times in seconds since 1970.
    package func forEachRating(ofUser user: UInt32, _ body: (_ item: UInt32, _ code: UInt8, _ time: UInt32) -> Void) {
        tables.forEachRating(of: user) { item, code, time, _ in body(item, code, time) }
    }

    /// An item's ratings by ascending user.
    package func forEachRating(ofItem item: UInt32, _ body: (_ user: UInt32, _ code: UInt8) -> Void) {
        tables.forEachRating(ofItem: item, body)
    }
}
