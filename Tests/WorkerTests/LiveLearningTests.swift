import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Worker

@Suite struct LiveLearningTests {
    let fixture: WorkerFixture
    let log = InMemoryRatingLog()
    let lines = LogRecorder()

    init() throws { fixture = try WorkerFixture() }

    private func learning(_ change: (inout LivePolicy) -> Void = { _ in }) -> LiveLearning {
        var policy = LivePolicy()
        change(&policy)
        return LiveLearning(log: log, policy: policy, logger: lines.logger)
    }

    private func engine(_ learning: LiveLearning, logOffset: Int64? = nil) throws -> ServedEngine {
        let dataset = fixture.dataset.at(logOffset)
        let live = learning.follower(over: dataset)
        return ServedEngine(RecommendationEngine(dataset: dataset, live: live?.overlay), live: live)
    }

    /// What `user` said of one item, as an entry of its own.
    private func entry(_ offset: Int, _ user: String, _ item: String, _ rating: Double? = 5) throws -> RatingLogEntry {
        let version = RatingVersion(milliseconds: UInt64(1_800_000_000_000 + offset), origin: 1)
        return RatingLogEntry(
            offset: offset, moment: .now,
            ratings: .init(user: try UserID(user), updates: [.init(item: try ItemID(item), rating: rating, version: version)]))
    }

    private func live(_ engine: ServedEngine) throws -> LiveFollower { try #require(engine.live) }

    @Test func learnsWhatWasSaidSinceTheFileWasWritten() async throws {
        log.append([try entry(0, "u0", "b0"), try entry(1, "u1", "a0"), try entry(2, "new", "a0")])
        let (learning, engine) = (learning(), try engine(learning(), logOffset: 1))
        let live = try live(engine)
        #expect(live.position == 1)
        live.begin(reading: learning.log)
        #expect(try await eventually { live.position == 3 })
        #expect(live.behind == 0 && live.overlay.size.ratings == 2 && live.overlay.size.newUsers == 1)
        log.append([try entry(3, "new", "brand-new")])
        #expect(try await eventually { live.position == 4 })
        #expect(live.overlay.size.newItems == 1 && live.progress.missing == 0)
    }

    /// As a compaction reads it.
    @Test func readsAllThatIsKeptWhereTheFileDoesNotSay() async throws {
        log.append([try entry(7, "u0", "b0"), try entry(8, "u1", "a0")])
        let live = try live(try engine(learning()))
        live.begin(reading: log)
        #expect(try await eventually { live.position == 9 })
        #expect(live.overlay.size.ratings == 2)
    }

    @Test func whatOneSaysChangesWhatOthersGet() async throws {
        let engine = try engine(learning())
        let live = try live(engine)
        live.begin(reading: log)
        let handler = JobHandler(
            engine: { engine }, profiles: fixture.storage, impressions: fixture.storage, visibility: fixture.storage,
            removal: fixture.storage, results: fixture.storage, metrics: WorkerMetrics())
        let query = RecommendationQuery(count: 20, algorithm: .userNeighbors)
        func items() async throws -> [String] {
            let job = fixture.recommendationJob(query)
            #expect(try await handler.carryOut(job, attempt: 1) == .succeeded)
            guard case .recommendations(let list) = try await fixture.storage.record(of: job.id)?.result else { return [] }
            return list.list.items.map(\.item.rawValue)
        }
        #expect(try await handler.carryOut(fixture.ratingJob([("a0", 5), ("a1", 5), ("b1", 1)]), attempt: 1) == .succeeded)
        #expect(!(try await items()).contains("brand-new"))
        // Some of those who share alice's taste love something that nobody knew.
        log.append(try (0..<10).map { try entry($0, "u\(2 * $0)", "brand-new") })
        #expect(try await eventually { live.position == 10 })
        #expect(try await items().contains("brand-new"))
    }

    @Test func tellsWhatIsGoneAndWhatIsStillToBeLearnt() async throws {
        log.append(try (100..<3100).map { try entry($0, "u\($0 % 20)", "a\($0 % 10)") })
        let live = try live(try engine(learning { $0.pace = 1000 }, logOffset: 60))
        live.begin(reading: log)
        #expect(try await eventually { live.progress.missing == 40 && live.position > 100 })
        // At this pace it takes seconds.
        #expect(live.behind > 1000 && live.lag(unreadFor: .zero, at: .now + .seconds(60)) > .seconds(50))
        #expect(live.lag(unreadFor: .seconds(500)) == .seconds(500))
    }

    @Test func endsWithTheLastWhoHoldsTheEngine() async throws {
        var engine: ServedEngine? = try engine(learning())
        let isGone = { [weak live = engine?.live] in live == nil }
        engine?.live?.begin(reading: log)
        log.append([try entry(0, "u0", "a0")])
        #expect(try await eventually { engine?.live?.position == 1 })
        #expect(log.feedCount == 1 && !isGone())
        engine = nil
        #expect(try await eventually { isGone() })
        #expect(try await eventually { log.feedCount == 0 })
    }

    @Test func newFilesAreServedOnceTheyKnowWhatTheOldOnesDo() async throws {
        let learning = learning { $0.pace = 2000 }
        log.append(try (0..<1500).map { try entry($0, "u\($0 % 20)", "a\($0 % 10)") })
        let old = try engine(learning, logOffset: 1000)
        try live(old).begin(reading: log)
        #expect(try await eventually { old.live?.position == 1500 })
        // Back to a file from before: there is more to learn.
        let new = try engine(learning, logOffset: 300)
        await learning.prepare(new, insteadOf: old)
        #expect(new.live?.position == 1500)
        // A newer one has all of it.
        let newest = try engine(learning, logOffset: 1500)
        await learning.prepare(newest, insteadOf: new)
        #expect(newest.live?.position == 1500 && newest.live?.hasBegun == true)
        // Back again: what the newest has is in its file.
        let back = try engine(learning, logOffset: 300)
        await learning.prepare(back, insteadOf: newest)
        #expect(back.live?.position == 1500)
        #expect(lines.messages.isEmpty)
    }

    @Test func newFilesDoNotWaitForever() async throws {
        let learning = learning { $0.patience = .milliseconds(50) }
        log.append([try entry(0, "u0", "a0")])
        let old = try engine(learning)
        try live(old).begin(reading: log)
        #expect(try await eventually { old.live?.position == 1 })
        log.set(trouble: MessagingError(.disconnected, "away"))
        let new = try engine(learning)
        await learning.prepare(new, insteadOf: old)
        #expect(new.live?.position == 0)
        #expect(lines.messages == ["warning: New files are served before they have learnt all that was said since"])
        log.set(trouble: nil)
        #expect(try await eventually { new.live?.position == 1 })
    }

    @Test func anOutageIsToldOnceAndSoIsItsEnd() {
        let error = MessagingError(.accessRefused, "read access to queue 'ratings.log' refused")
        var outage = LiveOutage(grace: .seconds(5), logger: lines.logger)
        let began = ContinuousClock.now
        for second in 0..<5 { outage.look(at: error, began + .seconds(second)) }
        #expect(lines.messages.isEmpty && outage.duration(at: began + .seconds(4)) == .seconds(4))
        for second in 5..<60 { outage.look(at: error, began + .seconds(second)) }
        #expect(lines.messages == ["warning: Others' latest ratings cannot be read, lists are made without them"])
        #expect(lines.records[0].contains("access_refused"))
        for second in 60..<70 { outage.look(at: nil, began + .seconds(second)) }
        #expect(lines.messages.count == 2 && lines.messages[1] == "info: Others' latest ratings are learnt again")
        #expect(outage.duration(at: began + .seconds(70)) == .zero)
    }

    @Test func learnsOnAfterARefusal() async throws {
        log.set(trouble: MessagingError(.accessRefused, "no"))
        let live = try live(try engine(learning()))
        live.begin(reading: log)
        #expect(live.trouble?.code == .accessRefused)
        log.append([try entry(0, "u0", "a0")])
        log.set(trouble: nil)
        #expect(try await eventually { live.position == 1 })
        #expect(live.trouble == nil)
    }

    @Test func learnsNothingWhenToldSo() throws {
        #expect(learning { $0.isOn = false }.follower(over: fixture.dataset) == nil)
    }
}

extension Dataset {
    /// The same, written when the log ended at `logOffset`.
    fileprivate func at(_ logOffset: Int64?) -> Dataset {
        Dataset(
            name: name, scale: scale, users: users, items: items, ratings: ratings, catalogue: catalogue, logOffset: logOffset)
    }
}
