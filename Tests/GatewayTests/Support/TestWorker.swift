import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// Does what a worker does, in the plainest way.
struct TestWorker: Sendable {
    /// Stands in for the outcome, if it gives one.
    var end: @Sendable (JobRecord) -> JobRecord? = { _ in nil }

    func run(_ source: InMemoryJobSource, _ storage: InMemoryStorage, _ engine: RecommendationEngine) async throws {
        while true {
            let deliveries = try await source.next()
            if deliveries.isEmpty { return }
            for delivery in deliveries {
                try await carryOut(delivery.job, storage, engine)
                delivery.settle(as: .acknowledge)
            }
        }
    }

    private func carryOut(_ job: Job, _ storage: InMemoryStorage, _ engine: RecommendationEngine) async throws {
        var record = JobRecord(
            id: job.id, kind: job.kind, status: .running, attempt: 1, user: job.user, createdAt: job.createdAt,
            deadlineAt: job.deadlineAt, request: .recommendations(RecommendationQuery()))
        switch job.task {
        case .updateRatings(let user, let updates, let refresh):
            record.request = .ratings(count: updates.count, version: updates.map(\.version).max()!, refresh: refresh)
            let profile = try await storage.apply(updates, for: user)
            if refresh {
                try await storage.save(try list(for: profile, of: user, engine), for: user, lifetime: .seconds(60))
            }
            record.result = .ratings(applied: updates.count, refreshed: refresh)
        case .removeUser(let user):
            record.request = JobRecord(of: job).request
            try await storage.remove(user)
            record.result = .ratings(applied: 0, refreshed: false)
        case .recommend(.user(let user), let query):
            record.request = .recommendations(query)
            let stored = try list(for: try await storage.profile(of: user), of: user, engine, query)
            try await storage.save(stored, for: user, lifetime: .seconds(60))
            record.result = .recommendations(stored)
        case .recommend(.guest(let ratings), let query):
            record.request = .recommendations(query)
            let version = RatingVersion(clock: 0, origin: 0)
            let live = LiveProfile(ratings.map { RatingUpdate(item: $0.item, rating: $0.rating, version: version) })
            record.result = .recommendations(try list(for: live, of: nil, engine, query))
        case .recommend(.group(let users), let query):
            record.request = .recommendations(query)
            var profiles: [Profile] = []
            for user in users {
                profiles.append(engine.dataset.profile(of: user, overlaidWith: try await storage.profile(of: user)))
            }
            let list = try engine.recommend(forGroup: profiles, query: query)
            record.result = .recommendations(StoredList(generatedAt: .now, list: list))
        case .findSimilarUsers(let user, let query):
            record.request = .similarUsers(query)
            let profile = engine.dataset.profile(of: user, overlaidWith: try await storage.profile(of: user))
            record.result = .similarUsers(
                try engine.similarUsers(to: profile, count: query.count ?? 10, query: query) { $0.rawValue != "dee" })
        }
        record.status = .succeeded
        record.startedAt = .now
        record.finishedAt = .now
        _ = try await storage.advance(to: end(record) ?? record)
    }

    private func list(
        for live: LiveProfile, of user: UserID?, _ engine: RecommendationEngine, _ query: RecommendationQuery = .init()
    ) throws(CancellationError) -> StoredList {
        var list = try engine.recommend(for: engine.dataset.profile(of: user, overlaidWith: live), query: query)
        list.ratingsVersion = live.version
        return StoredList(generatedAt: .now, list: list)
    }
}
