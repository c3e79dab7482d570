import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import CLI

@Suite struct ReplayTests {
    let storage = InMemoryStorage()

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
        let replay = RatingReplay(profiles: storage)
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
            _ = try await RatingReplay(profiles: one).apply(entries)
            for entry in (entries + entries).shuffled(using: &generator) {
                _ = try await RatingReplay(profiles: other).apply([entry])
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
        var replay = RatingReplay(profiles: storage, user: try UserID("ada"), until: Timestamp(milliseconds: 20))
        replay.isDryRun = true
        #expect(try await replay.apply(entries) == .init(read: 3, ratings: 1, applied: 1))
        #expect(try await storage.profile(of: try UserID("ada")).updates.isEmpty)
        replay.isDryRun = false
        #expect(try await replay.apply(entries) == .init(read: 3, ratings: 1, applied: 1))
        #expect(try await storage.profile(of: try UserID("ada")).updates.count == 1)
        #expect(try await storage.profile(of: try UserID("bob")).updates.isEmpty)
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
