import Logging
import Recommenders
import ServiceLifecycle
import ServiceRuntime
import Storage
import Synchronization

/// What this gateway knows of items that came in since the ratings file was made: what it was told itself at once, what other gateways were
/// told within a second.
final class NewItems: Service {
    static let interval = Duration.seconds(1)

    private let store: any AddedItemStore
    private let known = Mutex(AddedItems())

    init(_ store: any AddedItemStore) {
        self.store = store
    }

    var entries: [ItemID: CatalogueEntry] { known.withLock { $0.entries } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.look()
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Hears of what others were told; while Redis is away it goes by what it knows.
    func look() async {
        let version = known.withLock(\.version)
        guard let items = try? await store.addedItems(unlessAt: version) else { return }
        known.withLock { $0 = items }
    }

    func describe(_ item: ItemID, as entry: CatalogueEntry) async throws {
        let isTooMany = known.withLock { $0.entries[item] == nil && $0.entries.count >= AddedItems.maximumCount }
        guard !isTooMany else { throw Problem(.tooManyItems) }
        try await store.describe(item, as: entry)
        known.withLock { $0.entries[item] = entry }
    }
}
