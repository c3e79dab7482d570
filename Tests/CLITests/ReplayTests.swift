import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import CLI

@Suite struct ReplayTests {
    let storage = InMemoryStorage()
    let accounts = InMemoryAccounts()

    private func entry(_ offset: Int, _ user: String, _ item: String, version: UInt64, at moment: Int64 = 0) throws
        -> RatingLogEntry
    {
        // Every fourth version dismisses, every fourth takes back.
        let change: RatingChange =
            version % 4 == 0 ? .dismissed : version % 4 == 1 && version > 1 ? .removed : .rated(Double(version))
        let update = RatingUpdate(
            item: try ItemID(item), change: change, version: RatingVersion(milliseconds: version, origin: 1))
        return RatingLogEntry(
            offset: offset, moment: Timestamp(milliseconds: moment), ratings: .init(user: try UserID(user), updates: [update]))
    }

    @Test func countsWhatIsNewAndWhatIsKnown() async throws {
        let entries = [
            try entry(0, "ada", "1", version: 1), try entry(1, "ada", "1", version: 3), try entry(2, "bob", "1", version: 2),
            RatingLogEntry(offset: 3, moment: nil, ratings: nil),
        ]
        let replay = RatingReplay(profiles: storage, accounts: accounts)
        #expect(try await replay.apply(entries) == .init(read: 4, ratings: 3, applied: 3, undecodable: 1))
        #expect(try await storage.profile(of: try UserID("ada")).updates[try ItemID("1")]?.rating == 3)
        #expect(try await replay.apply(entries) == .init(read: 4, ratings: 3, applied: 0, alreadyKnown: 3, undecodable: 1))
    }

    @Test func anyOrderAndAnyRepetitionEndInTheSameProfiles() async throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let entries = try (0..<12).map {
                try entry($0, ["ada", "bob"][$0 % 2], "\(Int.random(in: 0..<3))", version: .random(in: 1...9))
            }
            let (one, other) = (InMemoryStorage(), InMemoryStorage())
            _ = try await RatingReplay(profiles: one, accounts: accounts).apply(entries)
            for entry in (entries + entries).shuffled(using: &generator) {
                _ = try await RatingReplay(profiles: other, accounts: accounts).apply([entry])
            }
            for user in [try UserID("ada"), try UserID("bob")] {
                let profiles = (try await one.profile(of: user), try await other.profile(of: user))
                #expect(profiles.0 == profiles.1)
                #expect(profiles.0 == LiveProfile(entries.compactMap(\.ratings).filter { $0.user == user }.flatMap(\.updates)))
            }
        }
    }

    @Test func keepsToTheUserTheEndAndADryRun() async throws {
        let entries = [
            try entry(0, "ada", "1", version: 1, at: 10), try entry(1, "ada", "2", version: 1, at: 30),
            try entry(2, "bob", "1", version: 1, at: 10),
        ]
        var replay = RatingReplay(
            profiles: storage, accounts: accounts, user: try UserID("ada"), until: Timestamp(milliseconds: 20))
        replay.isDryRun = true
        #expect(try await replay.apply(entries) == .init(read: 3, ratings: 1, applied: 1))
        #expect(try await storage.profile(of: try UserID("ada")).updates.isEmpty)
        replay.isDryRun = false
        #expect(try await replay.apply(entries) == .init(read: 3, ratings: 1, applied: 1))
        #expect(try await storage.profile(of: try UserID("ada")).updates.count == 1)
        #expect(try await storage.profile(of: try UserID("bob")).updates.isEmpty)
    }

    @Test func whoeverHasLeftIsRemovedAgainInWhateverOrder() async throws {
        var generator = SystemRandomNumberGenerator()
        let (ada, bob) = (try UserID("ada"), try UserID("bob"))
        for _ in 0..<200 {
            var entries = try (0..<12).map {
                try entry($0, ["ada", "bob"][$0 % 2], "\(Int.random(in: 0..<3))", version: .random(in: 1...9))
            }
            let bobs = entries.compactMap(\.ratings).filter { $0.user == bob }.flatMap(\.updates)
            entries.append(RatingLogEntry(offset: 12, moment: Timestamp(milliseconds: 90), ratings: nil, removedUser: ada))
            let storage = InMemoryStorage()
            var rest = (entries + entries).shuffled(using: &generator)
            while !rest.isEmpty {
                let batch = rest.prefix(.random(in: 1...5))
                rest.removeFirst(batch.count)
                let counts = try await RatingReplay(profiles: storage, accounts: accounts).apply(Array(batch))
                #expect(counts.read == batch.count && counts.undecodable == 0)
            }
            #expect(try await storage.profile(of: ada) == LiveProfile())
            #expect(try await storage.profile(of: bob) == LiveProfile(bobs))
        }
    }

    /// A backup from before the deletion was restored.
    @Test func theAccountThatABackupBroughtBackGoesAsWell() async throws {
        let ada = Account(name: try AccountName("ada"), passwordHash: "a")
        #expect(try await accounts.create(ada))
        let gone = RatingLogEntry(offset: 1, moment: Timestamp(milliseconds: 30), ratings: nil, removedUser: ada.user)
        let entries = [try entry(0, ada.user.rawValue, "1", version: 2, at: 10), gone]
        // Somebody else's are replayed, or it is only a rehearsal.
        for replay in [
            RatingReplay(profiles: storage, accounts: accounts, user: try UserID("bob")),
            RatingReplay(profiles: storage, accounts: accounts, isDryRun: true),
        ] {
            let counts = try await replay.apply(entries)
            #expect(counts.removed == (replay.isDryRun ? 1 : 0))
            #expect(try await accounts.account(of: ada.user) != nil)
        }
        // Nobody comes back by asking for a time before the deletion.
        let replay = RatingReplay(profiles: storage, accounts: accounts, until: Timestamp(milliseconds: 20))
        #expect(try await replay.apply(entries) == .init(read: 2, ratings: 1, refused: 1, removed: 1))
        #expect(try await accounts.account(of: ada.user) == nil)
        #expect(try await storage.profile(of: ada.user) == LiveProfile())
        #expect(try await replay.apply([entries[0]]) == .init(read: 1, ratings: 1, refused: 1))
    }

    @Test(arguments: [
        ("15m", MomentArgument.ago(.seconds(900))), ("0s", .ago(.zero)), ("3d", .ago(.seconds(259_200))),
        ("2026-11-23T10:00:00Z", .at(Timestamp(milliseconds: 1_795_428_000_000))),
        ("2026-11-23T10:00:00.250Z", .at(Timestamp(milliseconds: 1_795_428_000_250))),
    ])
    func readsMoments(text: String, moment: MomentArgument) {
        #expect(MomentArgument(argument: text) == moment)
    }

    @Test(arguments: ["", "m", "-5m", "5", "5w", "9999999999999999999s", "9223372036854775807d", "2026-11-23", "now"])
    func refusesWhatIsNoMoment(text: String) {
        #expect(MomentArgument(argument: text) == nil)
    }

    @Test func knowsOffsetsFromMoments() {
        #expect(ReplayStart(argument: "first") == .first)
        #expect(ReplayStart(argument: "12") == .offset(12))
        #expect(ReplayStart(argument: "12m") == .moment(.ago(.seconds(720))))
        #expect(ReplayStart(argument: "-1") == nil)
    }
}
