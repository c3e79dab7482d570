import Jobs
import Recommenders
import Testing

@testable import Storage

@Suite struct AddedItemStoreTests {
    @Test(arguments: Backend.available) func keepsWhatItemsAre(_ backend: Backend) async throws {
        switch backend {
        case .inMemory: try await check(InMemoryAddedItems())
        case .redis, .twoRedis: try await backend.withStores { try await check(try #require($0 as? any AddedItemStore)) }
        }
    }

    /// Other tests may add items to the same Redis.
    private func check(_ store: any AddedItemStore) async throws {
        let items = try ["a \"new\" one: \(JobID.random().rawValue)", "ö\u{1}\\\(JobID.random().rawValue)"].map { try ItemID($0) }
        let first = CatalogueEntry(title: "Some \"film\", or\nsuch", year: -44, genres: ["Drama", "Sci-Fi, or not"])
        try await store.describe(items[0], as: first)
        let before = try #require(try await store.addedItems(unlessAt: "of somebody else"))
        #expect(before.entries[items[0]] == first && before.entries[items[1]] == nil)
        try await store.describe(items[1], as: CatalogueEntry(title: "Another"))
        try await store.describe(items[0], as: CatalogueEntry(title: "Renamed", year: 2026))
        let after = try #require(try await store.addedItems(unlessAt: before.version))
        #expect(after.entries[items[0]] == CatalogueEntry(title: "Renamed", year: 2026))
        #expect(after.entries[items[1]] == CatalogueEntry(title: "Another"))
        #expect(after.version != before.version)
    }

    @Test func whatDidNotChangeIsNotReadAgain() async throws {
        let store = InMemoryAddedItems()
        #expect(try await store.addedItems(unlessAt: nil) == nil)
        try await store.describe(ItemID("1"), as: CatalogueEntry(title: "One"))
        let items = try #require(try await store.addedItems(unlessAt: nil))
        #expect(try await store.addedItems(unlessAt: items.version) == nil)
    }
}
