package import Recommenders
import Synchronization

/// Items that are forgotten with the process.
package final class InMemoryAddedItems: AddedItemStore {
    private let state = Mutex<(items: AddedItems, changes: Int)>((AddedItems(), 0))

    package init() {}

    package func describe(_ item: ItemID, as entry: CatalogueEntry) async throws(StorageError) {
        state.withLock { state in
            state.changes += 1
            state.items.entries[item] = entry
            state.items.version = String(state.changes)
        }
    }

    package func addedItems(unlessAt version: String?) async throws(StorageError) -> AddedItems? {
        state.withLock { $0.items.version == version ? nil : $0.items }
    }
}
