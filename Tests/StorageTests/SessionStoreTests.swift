import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

@Suite struct SessionStoreTests {
    static let limits = SessionLimits()

    /// An account with a session that begins now: what Redis forgets by itself, it forgets by its own clock.
    private static func opened(
        in store: any Accounts, at now: Timestamp = .now
    ) async throws -> (account: Account, session: Session, token: TokenDigest) {
        let account = Account(name: try someName(), passwordHash: "hash", createdAt: now)
        #expect(try await store.create(account))
        let token = try await open(of: account, in: store, at: now)
        return (account, Session(of: account, at: now), token)
    }

    private static func open(
        of account: Account, in store: any Accounts, at now: Timestamp = .now
    ) async throws -> TokenDigest {
        let token = SessionToken.random().digest
        try await store.open(Session(of: account, at: now), of: account, under: token)
        return token
    }

    @Test(arguments: Backend.available) func isFoundByItsTokenOnlyAndWithItsAccount(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let now = Timestamp.now
            let (account, session, token) = try await Self.opened(in: store, at: now)
            let found = try #require(try await store.session(under: token, at: now))
            #expect(found.session == session && found.account == account)
            #expect(session.expiresAt == now + .seconds(86_400) && session.idleExpiresAt == now + .seconds(1800))
            #expect(try await store.session(under: SessionToken.random().digest, at: now) == nil)
            let genres = try await store.setGenres(["Drama"], of: account.user)
            #expect(try await store.session(under: token, at: now)?.account == genres)
        }
    }

    @Test(arguments: Backend.available) func endsWhenNobodyUsesIt(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let now = Timestamp.now
            let (_, _, token) = try await Self.opened(in: store, at: now)
            #expect(try await store.session(under: token, at: now + .seconds(1799)) != nil)
            let (_, _, idle) = try await Self.opened(in: store, at: now)
            #expect(try await store.session(under: idle, at: now + .seconds(1800)) == nil)
        }
    }

    @Test(arguments: Backend.available) func lastsWhileItIsUsedButNotForEver(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let now = Timestamp.now
            let (_, session, token) = try await Self.opened(in: store, at: now)
            var moment = now
            while moment + .seconds(1700) < session.expiresAt {
                moment = moment + .seconds(1700)
                let found = try #require(try await store.session(under: token, at: moment))
                #expect(found.session.expiresAt == session.expiresAt)
                #expect(found.session.idleExpiresAt == min(moment + .seconds(1800), session.expiresAt))
            }
            #expect(try await store.session(under: token, at: session.expiresAt + .milliseconds(-1)) != nil)
            #expect(try await store.session(under: token, at: session.expiresAt) == nil)
        }
    }

    @Test(arguments: Backend.available) func useIsNotedFromTimeToTimeOnly(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let now = Timestamp.now
            let (_, session, token) = try await Self.opened(in: store, at: now)
            let soon = try await store.session(under: token, at: now + Self.limits.resolution + .milliseconds(-1))
            #expect(soon?.session == session)
            let later = try await store.session(under: token, at: now + Self.limits.resolution)
            #expect(later?.session.idleExpiresAt == session.idleExpiresAt + Self.limits.resolution)
        }
    }

    @Test(arguments: Backend.available) func loggingOutEndsOneSession(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (account, _, token) = try await Self.opened(in: store)
            let other = try await Self.open(of: account, in: store)
            for _ in 0..<2 { try await store.endSession(under: token) }
            #expect(try await store.session(under: token, at: .now) == nil)
            #expect(try await store.session(under: other, at: .now) != nil)
        }
    }

    @Test(arguments: Backend.available) func allSessionsOfAUserEndButOne(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (account, _, token) = try await Self.opened(in: store)
            let (_, _, stranger) = try await Self.opened(in: store)
            var others: [TokenDigest] = []
            for _ in 0..<3 { others.append(try await Self.open(of: account, in: store)) }
            // Somebody else's token keeps nothing alive.
            try await store.endSessions(of: account.user, except: token)
            for other in others { #expect(try await store.session(under: other, at: .now) == nil) }
            #expect(try await store.session(under: token, at: .now) != nil)
            try await store.endSessions(of: account.user, except: stranger)
            #expect(try await store.session(under: token, at: .now) == nil)
            #expect(try await store.session(under: stranger, at: .now) != nil)
            // Nor does one that has ended come back.
            try await store.endSessions(of: account.user, except: token)
            #expect(try await store.session(under: token, at: .now) == nil)
            try await store.endSessions(of: try someUser(), except: nil)
        }
    }

    @Test(arguments: Backend.available) func aChangedPasswordEndsAllOtherSessions(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (account, _, token) = try await Self.opened(in: store)
            let other = try await Self.open(of: account, in: store)
            #expect(try await !store.changePassword(of: account.user, from: "wrong", to: "new", keeping: token))
            try await store.rehash(of: account.user, from: "hash", to: "better")
            #expect(try await store.session(under: other, at: .now) != nil)
            #expect(try await store.changePassword(of: account.user, from: "better", to: "new", keeping: token))
            #expect(try await store.session(under: token, at: .now)?.account.passwordHash == "new")
            #expect(try await store.session(under: other, at: .now) == nil)
            // Whoever was just logging in with the old password comes too late.
            let late = try await Self.open(of: account, in: store)
            #expect(try await store.session(under: late, at: .now) == nil)
            try await store.endSessions(of: account.user, except: late)
            #expect(try await store.session(under: late, at: .now) == nil)
        }
    }

    @Test(arguments: Backend.available) func aDeletedAccountHasNoSessions(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let (account, _, token) = try await Self.opened(in: store)
            try await store.deleteAccount(of: account.user)
            #expect(try await store.session(under: token, at: .now) == nil)
            let late = try await Self.open(of: account, in: store)
            #expect(try await store.session(under: late, at: .now) == nil)
            #expect(try await store.create(Account(name: account.name, passwordHash: "hash")))
            #expect(try await store.session(under: token, at: .now) == nil)
        }
    }

    @Test(.enabled(if: Backend.redisPort != nil, "KINDRED_TEST_REDIS_PORT names no Redis"))
    func aGatewayWhoseClockIsWrongEndsNoSession() async throws {
        let storage = RedisStorage(.test(port: Backend.redisPort ?? 0), logger: .silent)
        let now = Timestamp.now
        for (opener, user) in [(-1, 0), (0, 1), (-1, 1), (1, -1)] {
            let (account, _, token) = try await Self.opened(in: storage, at: now + .seconds(3600 * opener))
            let found = try #require(try await storage.session(under: token, at: now + .seconds(3600 * user)))
            #expect(found.account.user == account.user)
            #expect(found.session.createdAt >= now + .seconds(-60) && found.session.createdAt <= now + .seconds(60))
            #expect(found.session.expiresAt == found.session.createdAt + Self.limits.lifetime)
            #expect(found.session.idleExpiresAt == found.session.createdAt + Self.limits.idleTime)
        }
        await storage.close()
    }

    @Test(.enabled(if: Backend.redisPort != nil, "KINDRED_TEST_REDIS_PORT names no Redis"))
    func redisForgetsSessionsAndKnowsNoToken() async throws {
        let storage = RedisStorage(
            RedisRoles(data: .test(port: Backend.redisPort ?? 0)), isToldTheTime: true, logger: .silent)
        let (account, _, token) = try await Self.opened(in: storage)
        let key = RedisKey.session(token)
        func lifetime() async throws -> Int64 {
            guard case .integer(let milliseconds) = try await storage.data.send(["PTTL", RedisArgument(key)]) else { return -3 }
            return milliseconds
        }
        #expect(1_700_000...1_800_000 ~= (try await lifetime()))
        _ = try await storage.data.send(["PEXPIRE", RedisArgument(key), "60000"])
        _ = try await storage.session(under: token, at: .now + .seconds(600))
        #expect(1_700_000...1_800_000 ~= (try await lifetime()))
        _ = try await storage.endSessions(of: account.user, except: token)
        #expect(try await lifetime() > 0)

        let other = SessionToken.random()
        try await storage.open(Session(of: account), of: account, under: other.digest)
        #expect(RedisKey.session(other.digest).text == "kindred:session:" + SHA256.hexadecimalDigest(of: Array(other.text.utf8)))
        await storage.close()
    }
}
