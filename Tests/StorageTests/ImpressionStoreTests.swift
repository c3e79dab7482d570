import Configuration
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct ImpressionStoreTests {
    @Test(arguments: Backend.available) func rememberWhatWasLastShown(_ backend: Backend) async throws {
        try await withImpressions(backend) { store in
            let (user, other) = (try someUser(), try someUser())
            #expect(try await shown(to: user, since: 0, in: store) == [])
            try await note(["1", "2", "ü/%"], user, at: 10, in: store)
            try await note(["2", "3"], user, at: 20, in: store)
            try await note([], user, at: 30, in: store)
            #expect(try await shown(to: user, since: 0, in: store) == ["1", "2", "3", "ü/%"])
            #expect(try await shown(to: user, since: 20, in: store) == ["2", "3"])
            #expect(try await shown(to: user, since: 21, in: store) == [])
            #expect(try await shown(to: other, since: 0, in: store) == [])
        }
    }

    @Test(arguments: Backend.available) func forgetsWhatWasShownLongestAgo(_ backend: Backend) async throws {
        try await withImpressions(backend) { store in
            let user = try someUser()
            for moment in 1...7 { try await note(["\(moment)"], user, at: Int64(moment), most: 5, in: store) }
            #expect(try await shown(to: user, since: 0, in: store) == ["3", "4", "5", "6", "7"])
            try await note(["3"], user, at: 8, most: 5, in: store)
            try await note(["a", "b"], user, at: 9, most: 5, in: store)
            #expect(try await shown(to: user, since: 0, in: store) == ["3", "6", "7", "a", "b"])
            // Of what was shown at once the last by name stay.
            try await note(["c", "e", "d"], user, at: 10, most: 2, in: store)
            #expect(try await shown(to: user, since: 0, in: store) == ["d", "e"])
        }
    }

    @Test(arguments: Backend.available) func forgetsAllWhenNothingIsShown(_ backend: Backend) async throws {
        try await withImpressions(backend) { store in
            let user = try someUser()
            try await note(["1"], user, at: Timestamp.now.milliseconds, lifetime: .milliseconds(20), in: store)
            #expect(try await eventually { try await shown(to: user, since: 0, in: store) == [] })
        }
    }

    @Test(arguments: Backend.available) func goesWithTheUser(_ backend: Backend) async throws {
        try await withImpressions(backend) { store in
            let (user, other) = (try someUser(), try someUser())
            for user in [user, other] { try await note(["1"], user, at: 1, in: store) }
            try await #require(store as? any UserRemoval).removeList(of: user)
            #expect(try await shown(to: user, since: 0, in: store) == [])
            #expect(try await shown(to: other, since: 0, in: store) == ["1"])
        }
    }

    @Test func readsItsPolicy() throws {
        let policy = try ImpressionPolicy(reading: reader(["IMPRESSIONS_DAYS": "30", "IMPRESSIONS_MAXIMUM": "20"]))
        #expect(policy.lifetime == .seconds(30 * 24 * 3600))
        #expect(policy.maximumItems == 20)
        #expect(throws: ConfigurationError.self) {
            try ImpressionPolicy(reading: reader(["IMPRESSIONS_DAYS": "0"]))
        }
    }

    private func reader(_ variables: [String: String]) -> ConfigReader {
        ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
    }

    private func withImpressions(_ backend: Backend, _ body: (any ImpressionStore) async throws -> Void) async throws {
        try await backend.withStores { try await body(try #require($0 as? any ImpressionStore)) }
    }

    private func note(
        _ items: [String], _ user: UserID, at milliseconds: Int64, most: Int = 500, lifetime: Duration = .seconds(60),
        in store: any ImpressionStore
    ) async throws {
        var policy = ImpressionPolicy()
        policy.lifetime = lifetime
        policy.maximumItems = most
        let moment = Timestamp(milliseconds: milliseconds)
        try await store.note(items.map { try ItemID($0) }, shownTo: user, at: moment, policy: policy)
    }

    private func shown(to user: UserID, since milliseconds: Int64, in store: any ImpressionStore) async throws -> [String] {
        try await store.items(shownTo: user, since: Timestamp(milliseconds: milliseconds)).map(\.rawValue).sorted()
    }
}
