import Experiments
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// Carries out work and writes down what came of it. Doing it again changes nothing that anybody can see.
struct JobHandler: Sendable {
    /// Gives the newest; each computation uses one from its beginning to its end.
    let engine: @Sendable () -> ServedEngine
    let profiles: any ProfileStore
    let impressions: any ImpressionStore
    let visibility: any VisibilityStore
    let removal: any UserRemoval
    let results: any JobResultStore
    let metrics: WorkerMetrics
    let computations: Computations
    /// nil without experiments.
    let experiments: ExperimentRecorder?
    /// For how long, and unless they are told otherwise, lists leave out what was shown.
    var impressionPolicy = ImpressionPolicy()
    /// How long a user's list is kept.
    var listLifetime = Duration.seconds(7 * 24 * 3600)
    var now: @Sendable () -> Timestamp = { .now }

    init(
        engine: @escaping @Sendable () -> ServedEngine, profiles: any ProfileStore, impressions: any ImpressionStore,
        visibility: any VisibilityStore, removal: any UserRemoval, results: any JobResultStore, metrics: WorkerMetrics,
        experiments: ExperimentRecorder? = nil,
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        self.engine = engine
        self.profiles = profiles
        self.impressions = impressions
        self.visibility = visibility
        self.removal = removal
        self.results = results
        self.metrics = metrics
        self.experiments = experiments
        self.computations = Computations(jobs: results)
        self.now = now
    }

    /// - Returns: how each of the jobs ended; not necessarily now, when somebody else had ended it before.
    /// - Throws: if they did not end, because of the stores.
    func carryOut(_ work: Work) async throws(StorageError) -> [JobStatus] {
        if work.key == .obituaries { return try await bury(work.jobs) }
        var ledger = JobLedger(work.jobs, at: now())
        guard ledger.hasOpenJobs else { return try await close(&ledger) }
        if let (user, query) = work.similarUsersSearch { return try await find(like: user, query, &ledger) }

        let audience = try await takeUp(work, &ledger)
        countRatings(in: work)
        let wanted = ledger.wantedLists
        let shown = try await shown(to: audience, wanted)
        var usual: StoredList?
        var asked: StoredList?
        do throws(CancellationError) {
            if wanted.usual {
                usual = try await list(for: audience, RecommendationQuery(), without: shown, ledger.openRecords)
            }
            if let query = wanted.asked {
                asked = query.isDefault ? usual : nil
                if asked == nil { asked = try await list(for: audience, query, without: shown, ledger.openRecords) }
            }
        } catch {
            ledger.cancelAll()  // which they are already, but their records say how
            return try await close(&ledger)
        }
        ledger.succeed(with: audience.live, asked: asked)
        let isUsersList = wanted.asked.map(Self.isUsual) ?? false
        return try await close(&ledger, saving: usual ?? (isUsersList ? asked : nil))
    }

    /// Whether the list of such a query may be kept as the user's: it is like others, and no longer than a page.
    private static func isUsual(_ query: RecommendationQuery) -> Bool { !query.isShaped && query.count ?? 1 <= 100 }

    /// Writes down that the job of `held` failed, for now or for good.
    func fail(_ held: HeldJob, as status: JobStatus, because error: StorageError) async throws(StorageError) {
        var record = JobRecord(of: held.job)
        record.attempt = held.attempt
        record.status = status
        record.failure =
            switch error.code {
            case .profileFull: .init(code: error.code.rawValue, detail: "No more items can be rated by this user.")
            case .userRemoved: .init(code: error.code.rawValue, detail: "The user was removed.")
            default: .init(code: "internal_error", detail: "The ratings or the list could not be stored.")
            }
        if status.isEnd { record.finishedAt = now() }
        _ = try await results.advance(to: record)
    }

    /// Writes down that jobs ended which nobody could carry out.
    private func bury(_ jobs: [HeldJob]) async throws(StorageError) -> [JobStatus] {
        let finishedAt = now()
        let records = jobs.map { held in
            var record = JobRecord(of: held.job)
            record.attempt = held.delivery.death?.deliveries ?? 0
            record.status = .failed
            record.finishedAt = finishedAt
            record.failure = .init(
                code: "job_dead",
                detail: "It was given up after \(record.attempt) deliveries, and kept for an operator to look at.")
            return record
        }
        return zip(records, try await results.advance(to: records)).map { $1 ?? $0.status }
    }

    /// Applies what was rated, and has the records say that somebody is at it, where that matters: what can be cancelled is asked
    /// about, and what was begun before is marked, so that it is known should it end this worker too.
    ///
    /// The ratings are applied whatever their records say: what was accepted is never dropped.
    private func takeUp(_ work: Work, _ ledger: inout JobLedger) async throws(StorageError) -> ListAudience {
        let announced = ledger.openRecords.filter { $0.kind == .recommendations || $0.attempt > 1 }
        let isRepeated = announced.contains { $0.attempt > 1 }
        let announce: @Sendable () async throws(StorageError) -> [JobStatus?] = { [results] () throws(StorageError) in
            announced.isEmpty ? [] : try await results.advance(to: announced)
        }
        switch ledger.user {
        case .some(let user):
            // Before anything else is done: if it is the rest that ends workers, the mark must be there by then.
            if isRepeated { ledger.drop(announced, foundAs: try await announce()) }
            if work.removesUser { try await removal.remove(user) }
            let updates = work.updates
            let (live, statuses) = try await both(
                { [profiles] () throws(StorageError) in
                    updates.isEmpty ? try await profiles.profile(of: user) : try await profiles.apply(updates, for: user)
                },
                { () throws(StorageError) in isRepeated ? [] : try await announce() })
            ledger.drop(announced, foundAs: statuses)
            return .user(user, live)
        case nil:
            ledger.drop(announced, foundAs: try await announce())
            guard let group = work.group else { return .guest(work.guestProfile) }
            return .group(try await members(group))
        }
    }

    /// For the experiments of the users who rated.
    private func countRatings(in work: Work) {
        guard let experiments else { return }
        for job in work.jobs.map(\.job) {
            guard case .updateRatings(let user, let updates, _) = job.task else { continue }
            experiments.applied(updates, of: user, acceptedAt: job.createdAt)
        }
    }

    /// The variants that make the list of `job` if it is made at `moment`.
    func assignments(of job: Job, at moment: Timestamp) -> [VariantAssignment] {
        let query: RecommendationQuery
        if case .recommend(_, let asked) = job.task { query = asked } else { query = RecommendationQuery() }
        return treatment(of: job.user, asking: query, at: moment).assignments
    }

    private func treatment(
        of user: UserID?, asking query: RecommendationQuery, at moment: Timestamp
    ) -> (query: RecommendationQuery, assignments: [VariantAssignment]) {
        guard let experiments, let user else { return (query, []) }
        return experiments.plan.treatment(of: user, asking: query, at: moment)
    }

    private func list(
        for audience: ListAudience, _ query: RecommendationQuery, without shown: Set<ItemID>, _ records: [JobRecord]
    ) async throws(CancellationError) -> StoredList? {
        guard !records.isEmpty else { throw CancellationError() }
        let (engine, metrics, now) = (engine(), metrics, now)
        let treatment = treatment(of: audience.user, asking: query, at: now())
        let shown = excludesShown(query) ? shown : []
        return try await computations.run(for: records) { () throws(CancellationError) in
            let began = ContinuousClock.now
            let list = try audience.list(treatment.query, without: shown, by: engine.engine.atThisMoment)
            metrics.computed(in: .now - began)
            return StoredList(generatedAt: now(), list: list, experiments: treatment.assignments)
        }
    }

    func close(_ ledger: inout JobLedger, saving list: StoredList? = nil) async throws(StorageError) -> [JobStatus] {
        let records = ledger.finish(at: now())
        return ledger.outcomes(
            of: records,
            foundAs: try await results.advance(to: records, saving: list, for: ledger.user, lifetime: listLifetime))
    }
}
