import Recommenders
import ServiceRuntime
import Synchronization
import Testing

@testable import Storage

/// Backup and restore with servers of the test's own.
@Suite(
    .enabled(if: RedisProcess.executable != nil, "redis-server is not installed, so nothing is tested against it"),
    .timeLimit(.minutes(2)))
struct BackupTests {
    let folder: BackupFolder

    init() throws { folder = try BackupFolder() }

    @Test func everythingComesBackByteForByte() async throws {
        var kept: [UserID: LiveProfile] = [:]
        for (place, text) in HostileIdentifierTests.texts.enumerated() {
            let rating = place.isMultiple(of: 3) ? nil : 0.5 + Double(place)
            kept[try UserID(text)] = LiveProfile([
                try update(text, rating, at: UInt64(place), origin: .max), try update("plain", 1.0 / 3, at: 1 << 40),
                try dismissal("dismissed", at: UInt64(place)),
            ])
        }
        for place in 0..<3000 { kept[try UserID("user \(place)")] = LiveProfile([try update("\(place)", 3, at: 1)]) }
        let item = String(repeating: "x", count: 100)
        kept[try UserID("big")] = LiveProfile(try (0..<ProfileLimits.maximumItems).map { try update("\(item)\($0)", 2.5, at: 7) })
        let ratings = kept.values.reduce(0) { $0 + $1.updates.count }

        try await withStorage { storage in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (user, profile) in kept {
                    group.addTask { _ = try await storage.apply(Array(profile.updates.values), for: user) }
                }
                try await group.waitForAll()
            }
            // What expires, or is no profile.
            try await storage.save(list(seen: nil), for: UserID("big"), lifetime: .seconds(60))
            _ = try await storage.advance(to: job())
            let shares = Mutex<[Double]>([])
            let summary = try await storage.backUp(to: folder.file, now: Timestamp(milliseconds: 5)) { share in
                shares.withLock { $0.append(share) }
            }
            #expect(
                summary == BackupSummary(createdAt: Timestamp(milliseconds: 5), keys: [.profile: kept.count], entries: ratings))
            let told = shares.withLock(\.self)
            #expect(told.count >= 3 && told == told.sorted() && told.last == 1)
        }
        #expect(try folder.contents == ["ratings.backup"])
        try await withStorage { storage in
            let tried = try await storage.restore(from: folder.file, writes: false)
            #expect(tried.newer == ratings && tried.full == 0 && tried.backup.keys == [.profile: kept.count])
            #expect(try await storage.data.send(["DBSIZE"]) == .integer(0))
            #expect(try await storage.restore(from: folder.file) == tried)
            for (user, profile) in kept { #expect(try await storage.profile(of: user) == profile) }
            #expect(try await storage.data.send(["DBSIZE"]) == .integer(Int64(kept.count + 1)))  // and the clock
            #expect(try await storage.restore(from: folder.file).newer == 0)
            #expect(try await storage.restore(from: folder.file, writes: false).newer == 0)
        }
    }

    @Test func nothingThatIsNewerIsChanged() async throws {
        let (ada, bob) = (try UserID("ada"), try UserID("bob"))
        try await withStorage { storage in
            let old = [
                try update("1", 1, at: 10), try update("2", 1, at: 20), try update("3", 1, at: 20), try update("4", nil, at: 20),
            ]
            _ = try await storage.apply(old, for: ada)
            _ = try await storage.apply(old, for: bob)
            _ = try await storage.backUp(to: folder.file)
            let later = [try update("1", 5, at: 11), try update("2", nil, at: 21), try update("5", 2, at: 1)]
            let now = try await storage.apply(later, for: ada)
            _ = try await storage.data.send(["DEL", RedisArgument(.profile(of: bob))])

            #expect(try await storage.restore(from: folder.file, writes: false).newer == 4)
            #expect(try await storage.profile(of: bob) == LiveProfile())
            for newer in [4, 0] {
                #expect(try await storage.restore(from: folder.file).newer == newer)
                #expect(try await storage.profile(of: ada) == now)
                #expect(try await storage.profile(of: bob) == LiveProfile(old))
            }
        }
    }

    @Test func ratingsAfterARestoreAreLaterThanWhatWasRestored() async throws {
        let version = RatingVersion.at(1 << 42, origin: 7)
        try folder.write([(try UserID("ada"), [RatingUpdate(item: try ItemID("1"), rating: 4, version: version)])])
        try await withStorage { storage in
            let zero = RatingVersion(clock: 0, origin: 0)
            _ = try await storage.restore(from: folder.file, writes: false)
            #expect(try await storage.latest(raisedTo: zero) == zero)
            _ = try await storage.restore(from: folder.file)
            #expect(try await storage.latest(raisedTo: zero) == version)
        }
    }

    @Test func aProfileThatWouldBeTooBigStaysAsItWas() async throws {
        let (ada, bob) = (try UserID("ada"), try UserID("bob"))
        try folder.write([(ada, [try update("new", 4, at: 9)]), (bob, [try update("new", 4, at: 9)])])
        try await withStorage { storage in
            let full = try await storage.apply((0..<ProfileLimits.maximumItems).map { try update("\($0)", 3, at: 1) }, for: ada)
            let tried = try await storage.restore(from: folder.file, writes: false)
            #expect(tried.full == 1 && tried.newer == 1)
            #expect(try await storage.restore(from: folder.file) == tried)
            #expect(try await storage.profile(of: ada) == full)
            #expect(try await storage.profile(of: bob).updates.count == 1)
        }
    }

    @Test func whatSomebodyElseWroteIsLeftOutAndCounted() async throws {
        try await withStorage { storage in
            let profile = try await storage.apply([update("1", 4, at: 9)], for: UserID("ada"))
            _ = try await storage.data.send([
                ["SET", RedisArgument(.profile(of: UserID("bob"))), "text"],
                ["HSET", RedisArgument(.profile(of: UserID("eve"))), "1", "five stars"],
                ["HSET", "kindred:user:{not one of ours}:ratings", "1", "x"],
            ])
            let summary = try await storage.backUp(to: folder.file)
            #expect(summary.unreadable == 2 && summary.keys == [.profile: 1] && summary.entries == profile.updates.count)
        }
        #expect(try await folder.refusal() == nil)
    }

    @Test func whatWasAcknowledgedBeforeIsInItAlthoughTheServiceGoesOn() async throws {
        let users = try (0..<2000).map { try UserID("user \($0)") }
        let before = try update("1", 1, at: 1)
        try await withStorage { storage in
            for user in users { _ = try await storage.apply([before], for: user) }
            let service = Task {
                for place in 0... {
                    guard !Task.isCancelled else { return }
                    _ = try await storage.apply([update("\(place)", 2, at: 2)], for: users[place * 7 % users.count])
                    _ = try await storage.apply([update("1", 2, at: 2)], for: UserID("later \(place)"))
                }
            }
            _ = try await storage.backUp(to: folder.file)
            service.cancel()
            try await service.value
        }
        try await withStorage { storage in
            _ = try await storage.restore(from: folder.file)
            for user in users {
                let version = try await storage.profile(of: user).updates[before.item]?.version
                #expect(version.map { $0 >= before.version } == true)
            }
        }
    }
}
