import Recommenders
import TestSupport
import Testing

@testable import Storage

@Suite struct ProfileStoreTests {
    @Test(
        .enabled(
            if: Backend.redisPort != nil, "KINDRED_TEST_REDIS_PORT names no Redis, so the stores are tested in memory only"))
    func redisIsAmongTheBackends() {
        #expect(Backend.available.contains(.redis))
    }

    @Test(arguments: Backend.available) func knowsNothingOfAUserWhoNeverRated(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            #expect(try await stores.profile(of: user) == LiveProfile())
            #expect(try await stores.apply([], for: user) == LiveProfile())
        }
    }

    @Test(arguments: Backend.available) func answersTheProfileAsItIsAfterwards(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let first = [try update("1", 4.5, at: 10), try update("2", 0.5, at: 11)]
            #expect(try await stores.apply(first, for: user) == LiveProfile(first))
            let second = try update("2", nil, at: 12)
            let both = try await stores.apply([second], for: user)
            #expect(both == LiveProfile(first + [second]))
            #expect(both.version == .at(12))
            #expect(try await stores.profile(of: user) == both)
        }
    }

    @Test(arguments: Backend.available) func anItemIsRatedOrDismissedWhateverWasSaidLast(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            _ = try await stores.apply([update("1", 4, at: 1), update("2", 4, at: 9), dismissal("3", at: 1)], for: user)
            let words = [
                try dismissal("1", at: 2), try dismissal("2", at: 2), try update("3", 4, at: 2), try dismissal("4", at: 2),
            ]
            let profile = try await stores.apply(words, for: user)
            #expect(profile == LiveProfile([words[0], try update("2", 4, at: 9), words[2], words[3]]))
            #expect(try await stores.profile(of: user) == profile)
            #expect(try await stores.apply([update("4", nil, at: 3)], for: user).updates[ItemID("4")]?.change == .removed)
        }
    }

    @Test func aFieldHasItsVersionAndTheWord() throws {
        let version = "000000000010000000000001"
        for (value, change) in [("4.5", .rated(4.5)), ("-1.0", .rated(-1)), ("", .removed), ("x", .dismissed)]
            as [(String, RatingChange)]
        {
            let update = RatingUpdate(item: Array("1".utf8)[...], value: Array((version + value).utf8)[...])
            #expect(update == RatingUpdate(item: try ItemID("1"), change: change, version: .at(1)))
        }
        for value in ["y", "xx", "X", " ", "nan", "inf"] {
            #expect(RatingUpdate(item: Array("1".utf8)[...], value: Array((version + value).utf8)[...]) == nil)
        }
    }

    @Test(arguments: Backend.available) func theNewestWordOnAnItemHoldsWithinOneUpdate(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let updates = [try update("1", 1, at: 5), try update("1", 3, at: 7), try update("1", 2, at: 6)]
            let profile = try await stores.apply(updates, for: someUser())
            #expect(Array(profile.updates.values) == [updates[1]])
        }
    }

    @Test(arguments: Backend.available, [499, 500, 501, 1500, 2501])
    func takesManyUpdatesAtOnce(_ backend: Backend, count: Int) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let known = try (0..<count).map { try update("\($0)", 1, at: $0.isMultiple(of: 3) ? 9 : 1) }
            #expect(try await stores.apply(known, for: user) == LiveProfile(known))
            let later = try (0..<count).map { try update("\($0 + 7)", 2, at: 5) }
            #expect(try await stores.apply(later + known, for: user) == LiveProfile(known + later))
        }
    }

    @Test(arguments: Backend.available) func tellsVersionsApartBeyondThePrecisionOfADouble(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let item = try ItemID("1")
            let versions = [
                RatingVersion(clock: 1 << 53, origin: 0xFFFF_FFFE), RatingVersion(clock: 1 << 53, origin: 0xFFFF_FFFF),
                RatingVersion(clock: 1 << 53 + 1, origin: 0), RatingVersion(clock: .max, origin: .max - 1),
                RatingVersion(clock: .max, origin: .max),
            ]
            for (place, version) in versions.enumerated() {
                let newer = RatingUpdate(item: item, rating: Double(place), version: version)
                #expect(try await stores.apply([newer], for: user) == LiveProfile([newer]))
                for older in versions[...place] {
                    let late = RatingUpdate(item: item, rating: 99, version: older)
                    #expect(try await stores.apply([late], for: user) == LiveProfile([newer]))
                }
            }
        }
    }

    @Test(arguments: Backend.available, 0..<8)
    func anyOrderAndRepetitionEndsInTheSameProfile(_ backend: Backend, seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var updates: [RatingUpdate] = []
        for number in 0..<40 {
            let changes: [RatingChange] = [.rated(Double(number % 10 + 1) / 2), .removed, .dismissed]
            let clock = UInt64.random(in: 0...30, using: &generator)
            updates.append(
                RatingUpdate(
                    item: try ItemID("\(number % 7)"), change: changes.randomElement(using: &generator) ?? .removed,
                    version: .at(clock, origin: UInt32(number))))
        }
        let expected = LiveProfile(updates)
        try await backend.withStores { stores in
            for _ in 0..<4 {
                let user = try someUser()
                var messages = (updates + updates.prefix(20)).shuffled(using: &generator)[...]
                while !messages.isEmpty {
                    let size = Int.random(in: 1...8, using: &generator)
                    _ = try await stores.apply(Array(messages.prefix(size)), for: user)
                    messages = messages.dropFirst(size)
                }
                #expect(try await stores.profile(of: user) == expected)
            }
        }
    }

    @Test(arguments: Backend.available) func concurrentUpdatesOfOneUserAllCount(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { _ = try await stores.apply([update("\(number % 50)", 3, at: UInt64(number))], for: user) }
                }
                try await group.waitForAll()
            }
            let profile = try await stores.profile(of: user)
            #expect(profile.updates.values.map(\.version).sorted() == (150..<200).map { .at($0) })
        }
    }

    @Test(arguments: Backend.available) func takesFiveHundredItemsAtOnce(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let updates = try (0..<500).map { try update(String(repeating: "x", count: 120) + "\($0)", 4.5, at: UInt64($0)) }
            let user = try someUser()
            #expect(try await stores.apply(updates, for: user) == LiveProfile(updates))
        }
    }

    @Test(arguments: Backend.available) func refusesAsAWholeWhatDoesNotFit(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let limit = ProfileLimits.maximumItems
            let updates = try (0..<limit - 1).map { try update("\($0)", 3, at: 1) }
            let almostFull = try await stores.apply(updates, for: user)
            let tooMany = [try update("0", 1, at: 2), try update("new", 1, at: 2), try update("newer", 1, at: 2)]
            let error = try await storageError { _ = try await stores.apply(tooMany, for: user) }
            #expect(error?.code == .profileFull)
            #expect(error?.message.contains("10000") == true)
            #expect(try await stores.profile(of: user) == almostFull)
            #expect(try await stores.apply(Array(tooMany.prefix(2)), for: user).updates.count == limit)
            #expect(try await stores.apply([update("0", 2, at: 3)], for: user).updates.count == limit)
        }
    }
}
