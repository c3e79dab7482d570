package import Recommenders

/// What items are that came in since the ratings file was made.
package protocol AddedItemStore: Sendable {
    /// Writes down what `item` is, instead of what was known of it.
    func describe(_ item: ItemID, as entry: CatalogueEntry) async throws(StorageError)

    /// All that is known.
    ///
    /// - Parameter version: of what the caller has.
    /// - Returns: nil when the caller has the newest.
    func addedItems(unlessAt version: String?) async throws(StorageError) -> AddedItems?
}

package struct AddedItems: Hashable, Sendable {
    /// So many are taken in; more are a task for `kindred compact`, or for another data set.
    package static let maximumCount = 100_000

    /// Another one after every change; nil before the first.
    package var version: String?
    package var entries: [ItemID: CatalogueEntry] = [:]

    package init() {}

    package init(version: String?, entries: [ItemID: CatalogueEntry]) {
        self.version = version
        self.entries = entries
    }
}
