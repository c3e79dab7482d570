import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

@Suite struct AccountStoreTests {
    @Test(arguments: Backend.available) func isFoundByNameAndByUserAsItWasCreated(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let account = Account(name: try someName(), passwordHash: "$argon2id$…", createdAt: someMoment)
            #expect(try await store.account(named: account.name) == nil)
            #expect(try await store.account(of: account.user) == nil)
            #expect(try await store.create(account))
            #expect(try await store.account(named: account.name) == account)
            let found = try #require(try await store.account(of: account.user))
            #expect(found == account && found.name.text == account.name.text)
        }
    }

    @Test(arguments: Backend.available) func aNameIsTakenInWhateverCase(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let first = Account(name: try someName(), passwordHash: "first")
            let second = Account(name: try AccountName(first.name.text.uppercased()), passwordHash: "second")
            #expect(try await store.create(first))
            #expect(try await !store.create(second))
            #expect(try await store.account(named: second.name) == first)
            #expect(try await store.account(of: second.user) == nil)
        }
    }

    @Test(arguments: Backend.available) func ofAllWhoWantANameAtOnceOneGetsIt(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let name = try someName()
            let accounts = (0..<20).map { Account(name: name, passwordHash: "\($0)") }
            let created = try await withThrowingTaskGroup(of: Account?.self) { group in
                for account in accounts { group.addTask { try await store.create(account) ? account : nil } }
                return try await group.compactMap(\.self).reduce(into: []) { $0.append($1) }
            }
            #expect(created.count == 1)
            #expect(try await store.account(named: name) == created.first)
        }
    }

    @Test(arguments: Backend.available) func genresAreReplaced(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            var account = Account(name: try someName(), passwordHash: "hash", createdAt: someMoment)
            #expect(try await store.setGenres(["Drama"], of: account.user) == nil)
            #expect(try await store.account(of: account.user) == nil)  // and none has come of it
            #expect(try await store.create(account))
            for genres in [["Sci-Fi", "\"Noir\" \\ é"], ["Drama"], []] {
                account.genres = genres
                #expect(try await store.setGenres(genres, of: account.user) == account)
                #expect(try await store.account(named: account.name) == account)
            }
        }
    }

    @Test(arguments: Backend.available) func aPasswordIsChangedByWhoeverKnowsIt(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let account = Account(name: try someName(), passwordHash: "old")
            #expect(try await !store.changePassword(of: account.user, from: "old", to: "new", keeping: nil))
            #expect(try await store.create(account))
            #expect(try await !store.changePassword(of: account.user, from: "other", to: "new", keeping: nil))
            #expect(try await store.account(of: account.user) == account)
            #expect(try await store.changePassword(of: account.user, from: "old", to: "new", keeping: nil))
            #expect(try await store.account(of: account.user)?.passwordHash == "new")
            // Two who change it at once: the second one's check was of a password that is none any more.
            #expect(try await !store.changePassword(of: account.user, from: "old", to: "newer", keeping: nil))
        }
    }

    @Test(arguments: Backend.available) func aBetterHashOfAnOldPasswordReplacesNoNewOne(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let account = Account(name: try someName(), passwordHash: "old")
            #expect(try await store.create(account))
            try await store.rehash(of: account.user, from: "old", to: "better")
            #expect(try await store.account(of: account.user)?.passwordHash == "better")
            try await store.rehash(of: account.user, from: "old", to: "stale")
            #expect(try await store.account(of: account.user)?.passwordHash == "better")
        }
    }

    @Test(arguments: Backend.available) func aDeletedAccountIsGoneAndItsNameFree(_ backend: Backend) async throws {
        try await backend.withAccounts { (store) async throws in
            let account = Account(name: try someName(), passwordHash: "hash")
            #expect(try await store.create(account))
            for _ in 0..<2 { try await store.deleteAccount(of: account.user) }
            #expect(try await store.account(named: account.name) == nil)
            #expect(try await store.account(of: account.user) == nil)
            #expect(try await store.setGenres(["Drama"], of: account.user) == nil)

            let next = Account(name: account.name, passwordHash: "hash")
            #expect(next.user != account.user)
            #expect(try await store.create(next))
            try await store.deleteAccount(of: account.user)  // late, and no longer about this name
            #expect(try await store.account(named: account.name) == next)
        }
    }

    @Test func aUserIsNeverTheName() throws {
        let accounts = try (0..<100).map { _ in Account(name: try AccountName("anna"), passwordHash: "hash") }
        #expect(Set(accounts.map(\.user)).count == 100 && Set(accounts.map(\.seal)).count == 100)
        for account in accounts {
            let id = account.user.rawValue
            #expect(id.hasPrefix("account-") && id.utf8.count == 34)
            #expect(RedisKey.account(of: account.user).text == "kindred:account:{\(id)}")
        }
    }

    @Test(arguments: ["abc", "A.b-C_9", "---", String(repeating: "x", count: 32)])
    func aNameIsAnyOfThese(_ text: String) throws { #expect(try AccountName(text).text == text) }

    @Test(arguments: [
        "", "ab", String(repeating: "x", count: 33), "a b", "ann\u{e4}", "\u{430}nna", "anna\n", "anna\0", "a:b:c", "a{b}c",
        "a*c",
        "１２３",
    ])
    func aNameIsNoneOfThese(_ text: String) { #expect(throws: InvalidAccountName.self) { try AccountName(text) } }
}
