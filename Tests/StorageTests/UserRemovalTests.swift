import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

@Suite struct UserRemovalTests {
    @Test(arguments: Backend.available) func aRemovedProfileDoesNotComeBack(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let (user, other) = (try someUser(), try someUser())
            let early = [try update("1", 4, at: 1), try update("2", nil, at: 1)]
            for user in [user, other] { _ = try await stores.apply(early, for: user) }
            let removal = try #require(stores as? any UserRemoval)
            for _ in 0..<2 {
                try await removal.removeProfile(of: user)
                #expect(try await stores.profile(of: user) == LiveProfile())
                // However late its version is.
                let late = try update("3", 5, at: 1 << 43)
                #expect(try await storageErrorCode { _ = try await stores.apply([late], for: user) } == .userRemoved)
                #expect(try await stores.profile(of: user) == LiveProfile())
            }
            #expect(try await stores.profile(of: other) == LiveProfile(early))
            #expect(StorageError.userIsRemoved.isAnswer && !StorageError.userIsRemoved.isRetriable)
        }
    }

    @Test(arguments: Backend.available) func aRemovedListDoesNotComeBack(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let removal = try #require(stores as? any UserRemoval)
            try await stores.save(list(seen: .at(1)), for: user, lifetime: .seconds(60))
            for _ in 0..<2 {
                try await removal.removeList(of: user)
                #expect(try await stores.list(for: user) == nil)
                for version in [nil, .at(2), .at(1 << 43, origin: .max)] as [RatingVersion?] {
                    try await stores.save(list(seen: version), for: user, lifetime: .seconds(60))
                    #expect(try await stores.list(for: user) == nil)
                }
            }
            // Some job of the user ends nevertheless, and its record says so.
            let record = job(.random(), .succeeded, attempt: 1, user: user)
            let known = try await stores.advance(to: record, saving: list(seen: .at(3)), for: user, lifetime: .seconds(60))
            #expect(known == nil)
            #expect(try await stores.record(of: record.id) == record)
            #expect(try await stores.list(for: user) == nil)
        }
    }
}
