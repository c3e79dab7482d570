import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

/// Backup and restore of accounts, with servers of the test's own.
@Suite(
    .enabled(if: RedisProcess.executable != nil, "redis-server is not installed, so nothing is tested against it"),
    .timeLimit(.minutes(2)))
struct AccountBackupTests {
    let folder: BackupFolder

    init() throws { folder = try BackupFolder() }

    private func account(_ name: String) throws -> Account {
        Account(name: try AccountName(name), passwordHash: "$argon2id$\(name)", createdAt: someMoment)
    }

    @Test func accountsComeBackAndNobodyIsLoggedIn() async throws {
        let accounts = try ["anna", "Bert", "c.d-e_f", String(repeating: "a", count: 24)].map { try account($0) }
        let token = SessionToken.random().digest
        try await withStorage { storage in
            for account in accounts {
                #expect(try await storage.create(account))
                #expect(try await storage.setGenres(["Drama", "\"Noir\""], of: account.user) != nil)
            }
            try await storage.open(Session(of: accounts[0]), of: accounts[0], under: token)
            _ = try await storage.apply([update("1", 4, at: 1)], for: accounts[0].user)
            let summary = try await storage.backUp(to: folder.file)
            #expect(summary.keys == [.account: 4, .profile: 1] && summary.entries == 1 && summary.unreadable == 0)
        }
        try await withStorage { storage in
            let tried = try await storage.restore(from: folder.file, writes: false)
            #expect(tried.newerKeys == 4 && tried.newer == 1)
            #expect(try await storage.data.send(["DBSIZE"]) == .integer(0))
            #expect(try await storage.restore(from: folder.file) == tried)
            for var account in accounts {
                account.genres = ["Drama", "\"Noir\""]
                #expect(try await storage.account(named: account.name) == account)
                #expect(try await storage.account(of: account.user) == account)
            }
            #expect(try await storage.session(under: token, at: .now) == nil)
            // A name that is made of digits of a version is none.
            #expect(try await storage.latest(raisedTo: RatingVersion(clock: 0, origin: 0)) == .at(1))
            #expect(try await storage.restore(from: folder.file).newerKeys == 0)
            #expect(try await storage.restore(from: folder.file, writes: false).newerKeys == 0)
        }
    }

    @Test func noAccountIsPutBackToWhatItWas() async throws {
        try await withStorage { storage in
            let (anna, bert) = (try account("anna"), try account("bert"))
            for account in [anna, bert] { #expect(try await storage.create(account)) }
            _ = try await storage.backUp(to: folder.file)
            #expect(try await storage.changePassword(of: anna.user, from: anna.passwordHash, to: "new", keeping: nil))
            // Gone without a mark, as when Redis has lost it; and somebody else took the name since.
            try await storage.deleteAccount(of: bert.user)
            let other = try account("BERT")
            #expect(try await storage.create(other))
            #expect(try await storage.restore(from: folder.file).newerKeys == 0)
            #expect(try await storage.account(named: anna.name)?.passwordHash == "new")
            #expect(try await storage.account(named: bert.name) == other)
            #expect(try await storage.account(of: bert.user) == nil)
        }
        // The other way round the backup is newer.
        try await withStorage { storage in
            let old = try account("anna")
            #expect(try await storage.create(old))
            var new = old
            new.passwordHash = "new"
            try folder.write(records: [.test(new, changedAt: someMoment + .seconds(1))])
            #expect(try await storage.restore(from: folder.file, writes: false).newerKeys == 1)
            #expect(try await storage.restore(from: folder.file).newerKeys == 1)
            #expect(try await storage.account(named: old.name) == new)
        }
    }

    @Test func whoeverWasRemovedStaysRemoved() async throws {
        try await withStorage { storage in
            let (anna, bert) = (try account("anna"), try account("bert"))
            for account in [anna, bert] {
                #expect(try await storage.create(account))
                _ = try await storage.apply([update("1", 4, at: 1)], for: account.user)
            }
            _ = try await storage.backUp(to: folder.file)
            try await storage.removeProfile(of: anna.user)
            try await storage.deleteAccount(of: anna.user)
            for writes in [false, true] {
                let summary = try await storage.restore(from: folder.file, writes: writes)
                #expect(summary.newer == 0 && summary.newerKeys == 0 && summary.full == 0)
            }
            #expect(try await storage.account(named: anna.name) == nil)
            #expect(try await storage.profile(of: anna.user) == LiveProfile())
            #expect(try await storage.account(named: bert.name) == bert)
            let summary = try await storage.backUp(to: folder.file)
            #expect(summary.keys == [.account: 1, .profile: 1, .removal: 1])
        }
        // The mark goes along: elsewhere the user is removed as well, and stays so.
        try await withStorage { (storage) async throws in
            #expect(try await storage.restore(from: folder.file).newerKeys == 2)
            #expect(try await storage.restore(from: folder.file).newerKeys == 0)
        }
    }

    /// A backup takes its time, and a user may have been removed while it was made.
    @Test func aMarkHoldsForWhatWasBackedUpBefore() async throws {
        let anna = try account("anna")
        let value = RatingVersion.at(1).description + "4.0"
        let entry = BackupRecord.Entry(field: Array("1".utf8)[...], value: Array(value.utf8)[...])
        let profile = BackupRecord(kind: .profile, key: .profile(of: anna.user), entries: [entry])
        try folder.write(records: [profile, .test(anna), .test(removalOf: anna.user)])
        try await withStorage { storage in
            // What is there already goes too.
            #expect(try await storage.create(anna))
            _ = try await storage.apply([update("2", 4, at: 1)], for: anna.user)
            for writes in [false, true, true] {
                let summary = try await storage.restore(from: folder.file, writes: writes)
                #expect(summary.newer == 0 && summary.backup.keys == [.profile: 1, .account: 1, .removal: 1])
            }
            #expect(try await storage.account(named: anna.name) == nil)
            #expect(try await storage.profile(of: anna.user) == LiveProfile())
            let late = try update("3", 4, at: 9)
            let code = try await storageErrorCode { _ = try await storage.apply([late], for: anna.user) }
            #expect(code == .userRemoved)
            let next = try account("anna")
            #expect(try await storage.create(next))  // the name is free
        }
    }

    @Test func whatIsNoAccountOfOursIsRefused() async throws {
        let anna = try account("anna")
        let sound = BackupRecord.test(anna)
        let other = BackupRecord(kind: .account, key: .account(of: try UserID("other")), entries: sound.entries)
        let incomplete = BackupRecord(kind: .account, key: sound.key, entries: sound.entries.dropLast())
        let empty = BackupRecord(kind: .account, key: sound.key, entries: [])
        let mark = BackupRecord(kind: .removal, key: .removal(of: anna.user), entries: [])
        for record in [other, incomplete, empty, mark] {
            try folder.write(records: [record])
            #expect(try await folder.refusal() == .damaged)
        }
        try folder.write(records: [sound])
        #expect(try await folder.refusal() == nil)
        try await withStorage { storage in
            let key = RedisArgument(.account(of: anna.user))
            _ = try await storage.data.send([["HSET", key, "name", "anna"], ["SET", "kindred:account:{x}", "text"]])
            let summary = try await storage.backUp(to: folder.file)
            #expect(summary.unreadable == 2 && summary.keys == [:])
        }
    }
}
