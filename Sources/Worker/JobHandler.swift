import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// Carries out one job and writes down what came of it. Doing a job again changes nothing that anybody can see.
struct JobHandler: Sendable {
    let engine: RecommendationEngine
    let profiles: any ProfileStore
    let results: any JobResultStore
    let metrics: WorkerMetrics
    /// How long a user's list is kept.
    var listLifetime = Duration.seconds(7 * 24 * 3600)
    var now: @Sendable () -> Timestamp = { .now }

    /// - Parameter attempt: 1 the first time.
    /// - Returns: how the job ended; not necessarily now, when somebody else had ended it before.
    /// - Throws: if it did not end, because of the stores.
    func carryOut(_ job: Job, attempt: Int) async throws(StorageError) -> JobStatus {
        var record = JobRecord(of: job)
        record.attempt = attempt
        let started = now()
        if let deadline = job.deadlineAt, started > deadline {
            return try await end(&record, as: .expired)
        }
        record.status = .running
        record.startedAt = started
        switch job.task {
        case .updateRatings(let user, let updates, let refresh):
            return try await updateRatings(updates, of: user, refresh: refresh, record: &record)
        case .recommend(let audience, let query):
            return try await recommend(to: audience, query: query, record: &record)
        }
    }

    /// Writes down that `job` cannot be done.
    func giveUp(_ job: Job, attempt: Int, because error: StorageError) async throws(StorageError) {
        var record = JobRecord(of: job)
        record.attempt = attempt
        record.failure =
            error.code == .profileFull
            ? .init(code: error.code.rawValue, detail: "No more items can be rated by this user.")
            : .init(code: "internal_error", detail: "The ratings or the list could not be stored.")
        _ = try await end(&record, as: .failed)
    }

    private func updateRatings(
        _ updates: [RatingUpdate], of user: UserID, refresh: Bool, record: inout JobRecord
    ) async throws(StorageError) -> JobStatus {
        // The ratings are applied whatever the record says: what was accepted is never dropped.
        let (profile, _) = try await both(
            { [profiles] () throws(StorageError) in try await profiles.apply(updates, for: user) },
            { [results, record] () throws(StorageError) in try await results.advance(to: record) })
        let applied = updates.count { profile.updates[$0.item] == $0 }
        record.result = .ratings(applied: applied, refreshed: refresh)
        guard refresh else { return try await end(&record, as: .succeeded) }
        let list = try list(for: profile, of: user, query: RecommendationQuery())
        return try await end(&record, as: .succeeded, saving: list, for: user)
    }

    private func recommend(
        to audience: Job.Audience, query: RecommendationQuery, record: inout JobRecord
    ) async throws(StorageError) -> JobStatus {
        let stored: StoredList
        switch audience {
        case .user(let user):
            let (profile, status) = try await both(
                { [profiles] () throws(StorageError) in try await profiles.profile(of: user) },
                { [results, record] () throws(StorageError) in try await results.advance(to: record) })
            if let status, status.isEnd { return status }
            stored = try list(for: profile, of: user, query: query)
            record.result = .recommendations(stored)
            if !query.isFiltered { return try await end(&record, as: .succeeded, saving: stored, for: user) }
        case .guest(let ratings):
            if let status = try await results.advance(to: record), status.isEnd { return status }
            let version = RatingVersion(clock: 0, origin: 0)
            let profile = LiveProfile(
                ratings.map { RatingUpdate(item: $0.item, rating: $0.rating, version: version) })
            var made = try list(for: profile, of: nil, query: query)
            made.list.ratingsVersion = nil
            stored = made
        }
        record.result = .recommendations(stored)
        return try await end(&record, as: .succeeded)
    }

    private func list(for live: LiveProfile, of user: UserID?, query: RecommendationQuery) throws(StorageError) -> StoredList {
        let began = ContinuousClock.now
        let profile = engine.dataset.profile(of: user, overlaidWith: live)
        guard var list = try? engine.recommend(for: profile, query: query) else {
            // Only who shuts down cancels: another worker will take the job.
            throw StorageError(.unavailable, "the worker was stopped")
        }
        metrics.computed(in: .now - began)
        list.ratingsVersion = live.version
        return StoredList(generatedAt: now(), list: list)
    }

    private func end(
        _ record: inout JobRecord, as status: JobStatus, saving list: StoredList? = nil, for user: UserID? = nil
    ) async throws(StorageError) -> JobStatus {
        record.status = status
        record.finishedAt = now()
        guard let list, let user else { return try await results.advance(to: record) ?? status }
        return try await results.advance(to: record, saving: list, for: user, lifetime: listLifetime) ?? status
    }
}

/// Waits for two calls that travel to the server together.
private func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () async throws(StorageError) -> First,
    _ second: @Sendable () async throws(StorageError) -> Second
) async throws(StorageError) -> (First, Second) {
    async let early = result(of: first)
    let late = await result(of: second)
    return (try await early.get(), try late.get())
}

private func result<Value: Sendable>(
    of call: @Sendable () async throws(StorageError) -> Value
) async -> Result<Value, StorageError> {
    do throws(StorageError) { return .success(try await call()) } catch { return .failure(error) }
}
