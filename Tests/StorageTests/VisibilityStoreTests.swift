import Recommenders
import Testing

@testable import Storage

@Suite struct VisibilityStoreTests {
    @Test(arguments: Backend.available) func whoSaysNothingIsNotVisible(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let store = try #require(stores as? any VisibilityStore & UserRemoval)
            let users = [try someUser(), try someUser("é/{%}"), try someUser()]
            #expect(try await store.visible(among: users) == [])
            #expect(try await store.visible(among: []) == [])
            for user in users.prefix(2) {
                for _ in 0..<2 { try await store.setVisible(true, user) }
            }
            #expect(try await store.visible(among: users) == Set(users.prefix(2)))
            #expect(try await store.isVisible(users[1]))
            for _ in 0..<2 { try await store.setVisible(false, users[0]) }
            #expect(try await store.visible(among: users) == [users[1]])
            // It goes with the user.
            try await store.removeProfile(of: users[1])
            #expect(try await store.visible(among: users) == [])
        }
    }
}
