import ServiceRuntime
import Testing

@testable import Storage

@Suite struct LoginAttemptStoreTests {
    @Test(arguments: Backend.available) func waitsGrowFromOneSecondToFifteenMinutes(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let name = try someName()
            var now = Timestamp.now
            var waits: [Duration] = []
            for _ in 0..<20 {
                #expect(try await store.count(name: name, address: someAddress(), at: now) == .zero)
                let wait = try await store.count(name: name, address: someAddress(), at: now)
                if wait == .zero { continue }
                waits.append(wait)
                // What is refused is not counted, and one millisecond earlier is too early.
                let nearly = now + wait + .milliseconds(-1)
                #expect(try await store.count(name: name, address: someAddress(), at: nearly) == .milliseconds(1))
                now = now + wait
            }
            let seconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900, 900, 900]
            #expect(waits.prefix(16) == seconds.map { .seconds($0) }.prefix(16))
        }
    }

    @Test(arguments: Backend.available) func guessesAtOnceAreAsManyAsOneAfterTheOther(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (name, now) = (try someName(), Timestamp.now)
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await store.count(name: name, address: someAddress(), at: now) == .zero }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 5)
        }
    }

    @Test(arguments: Backend.available) func aRightPasswordClearsTheNameAndNotTheAddress(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (name, address, now) = (try someName(), someAddress(), Timestamp.now)
            for _ in 0..<20 {
                #expect(try await store.count(name: name, address: address, at: now) == .zero)
                try await store.succeeded(name: name)
            }
            #expect(try await store.count(name: name, address: address, at: now) == .seconds(3))
            #expect(try await store.count(name: name, address: someAddress(), at: now) == .zero)
        }
    }

    @Test(arguments: Backend.available) func whatIsForgivenIsAsIfItHadNotBeenCounted(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (name, address, now) = (try someName(), someAddress(), Timestamp.now)
            for _ in 0..<20 {
                #expect(try await store.count(name: name, address: address, at: now) == .zero)
                try await store.forgive(name: name)
            }
            #expect(try await store.count(name: name, address: address, at: now) == .seconds(3))
            // Nobody gains an attempt by it, neither before the first wait nor between two.
            try await store.forgive(name: name)
            for _ in 0..<5 { #expect(try await store.count(name: name, address: someAddress(), at: now) == .zero) }
            #expect(try await store.count(name: name, address: someAddress(), at: now) == .seconds(1))
            for _ in 0..<3 {
                #expect(try await store.count(name: name, address: someAddress(), at: now + .seconds(1)) == .zero)
                #expect(try await store.count(name: name, address: someAddress(), at: now + .seconds(1)) == .seconds(2))
                try await store.forgive(name: name)
            }
        }
    }

    @Test(arguments: Backend.available) func anAddressHasTwentyAMinute(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (address, now) = (someAddress(), Timestamp.now)
            for _ in 0..<20 { #expect(try await store.count(name: try someName(), address: address, at: now) == .zero) }
            let victim = try someName()
            for _ in 0..<20 { #expect(try await store.count(name: victim, address: address, at: now) == .seconds(3)) }
            #expect(try await store.count(name: nil, address: address, at: now) == .seconds(3))
            // One every three seconds; and others are none the worse, not even whom the guesses were about.
            let later = now + .seconds(3)
            #expect(try await store.count(name: nil, address: address, at: later) == .zero)
            #expect(try await store.count(name: nil, address: address, at: later) == .seconds(3))
            for _ in 0..<5 { #expect(try await store.count(name: victim, address: someAddress(), at: now) == .zero) }
            #expect(try await store.count(name: nil, address: address, at: now + .seconds(120)) == .zero)
        }
    }

    @Test(arguments: Backend.available) func aNameThatHasToWaitCostsItsAddressNothing(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (name, address, now) = (try someName(), someAddress(), Timestamp.now)
            for _ in 0..<5 { _ = try await store.count(name: name, address: someAddress(), at: now) }
            for _ in 0..<100 { #expect(try await store.count(name: name, address: address, at: now) == .seconds(1)) }
            for _ in 0..<20 { #expect(try await store.count(name: nil, address: address, at: now) == .zero) }
        }
    }

    @Test(arguments: Backend.available) func aNameIsCountedInWhateverCase(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (name, now) = (try someName(), Timestamp.now)
            let loud = try AccountName(name.text.uppercased())
            for _ in 0..<5 { _ = try await store.count(name: name, address: someAddress(), at: now) }
            #expect(try await store.count(name: loud, address: someAddress(), at: now) == .seconds(1))
        }
    }

    @Test(.enabled(if: Backend.redisPort != nil, "KINDRED_TEST_REDIS_PORT names no Redis"))
    func aGatewayWhoseClockIsWrongLocksNobodyOut() async throws {
        let storage = RedisStorage(.test(port: Backend.redisPort ?? 0), logger: .silent)
        let (name, now) = (try someName(), Timestamp.now)
        for _ in 0..<5 {
            #expect(try await storage.count(name: name, address: someAddress(), at: now + .seconds(3600)) == .zero)
        }
        // Nor does one that is late or early let anybody in.
        for hours in [-1, 0, 2] {
            let wait = try await storage.count(name: name, address: someAddress(), at: now + .seconds(3600 * hours))
            #expect(wait > .zero && wait <= .seconds(1))
        }
        await storage.close()
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "20010db800000000"),
        ("2001:DB8:0:0:ffff::1", "20010db800000000"), ("2001:db8:0:1::1", "20010db800000001"),
        ("fe80::1%eth0", "fe80000000000000"),
        ("::1", "0000000000000000"), ("", "unknown"), ("example.org", "unknown"), ("192.0.2.1, 192.0.2.2", "unknown"),
        ("192.0.2.256", "unknown"), ("*", "unknown"),
    ])
    func anAddressIsWhatOneSubscriberHas(_ text: String, _ counted: String) {
        #expect(ClientAddress(text).text == counted)
    }
}
