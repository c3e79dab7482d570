import NIOCore
import NIOHTTP1
import Recommenders

/// Sends requests when they are due, and notes what becomes of them.
///
/// Nothing is locked, since everything of it happens on one event loop.
final class LoadGenerator {
    /// So many requests are sent in one go; answers are read in between.
    private static let burst = 64

    let settings: LoadSettings
    let loop: any EventLoop
    let heads: RequestHeads
    let requests: ConnectionPool
    let followers: ConnectionPool
    let log: RatingRecord?
    var workload: LoadWorkload
    private var followDice: SplitMix64
    private(set) var run: LoadRun?
    private var sweeper: Scheduled<Void>?

    init(_ settings: LoadSettings, _ target: LoadTarget, _ population: LoadPopulation, log: RatingRecord?, loop: any EventLoop) {
        self.settings = settings
        self.loop = loop
        self.log = log
        heads = RequestHeads(target)
        let timeout = TimeAmount(settings.timeout)
        requests = ConnectionPool(target, limit: settings.connections, connectTimeout: timeout, loop: loop)
        followers = ConnectionPool(target, limit: settings.followers, connectTimeout: timeout, loop: loop)
        workload = LoadWorkload(settings.mix, population, skew: settings.skew, seed: settings.seed)
        followDice = SplitMix64(seed: settings.seed &+ 2)
    }

    /// - Returns: what was measured, once all is answered and every followed job has ended, or the time for that is over.
    func start(_ phase: LoadPhase) -> EventLoopFuture<LoadFigures> {
        let promise = loop.makePromise(of: LoadFigures.self)
        let rate = if case .open(let rate) = phase.pace { rate } else { 1.0 }
        // A seed of its own, so that another mix does not mean other moments.
        let schedule = ArrivalSchedule(settings.arrivals, rate: rate, seed: settings.seed &+ 1)
        let run = LoadRun(phase, schedule: schedule, now: .now(), promise: promise)
        self.run = run
        sweep()
        switch phase.pace {
        case .open: sendWhenDue(nextDue(in: run), in: run)
        case .closed(let count):
            loop.assumeIsolated().scheduleTask(deadline: run.end) { [self] in endSending(run, drain: settings.drain) }
            for _ in 0..<count { dispatch(due: .now(), in: run) }
        }
        return promise.futureResult
    }

    /// Sends nothing more, and waits no longer than a second for what is on its way.
    func stop() {
        guard let run, !run.isOver else { return }
        run.figures.wasInterrupted = true
        run.end = min(run.end, .now())
        if run.isSending { endSending(run, drain: .seconds(1)) } else { giveUp(run) }
    }

    func close() {
        sweeper?.cancel()
        requests.close()
        followers.close()
        log?.flush()
    }

    // MARK: Sending

    private func nextDue(in run: LoadRun) -> NIODeadline { run.began + .nanoseconds(run.schedule.next()) }

    /// Sends all that is due, then sleeps until the next is.
    private func sendWhenDue(_ first: NIODeadline, in run: LoadRun) {
        guard run.isSending else { return }
        var due = first
        var count = 0
        while due < run.end, due <= .now(), count < Self.burst {
            dispatch(due: due, in: run)
            due = nextDue(in: run)
            count += 1
        }
        let next = due
        if next >= run.end {
            // Until the end, since open-loop load lasts as long as was said, however few requests it has.
            loop.assumeIsolated().scheduleTask(deadline: run.end) { [self] in endSending(run, drain: settings.drain) }
        } else if next <= .now() {
            loop.assumeIsolated().execute { [self] in sendWhenDue(next, in: run) }
        } else {
            loop.assumeIsolated().scheduleTask(deadline: next) { [self] in sendWhenDue(next, in: run) }
        }
    }

    private func dispatch(due: NIODeadline, in run: LoadRun) {
        let draft = workload.next()
        if run.counts(due) {
            run.figures.lateness.record(nanoseconds: (NIODeadline.now() - due).nanoseconds)
            if requests.isExhausted { run.figures.foundNoConnection += 1 }
        }
        run.outstanding += 1
        run.sent += 1
        run.figures.sentRequests += 1
        let wait = draft.operation == .recommend ? settings.recommendWait : nil
        let request = LoadRequest(
            head: heads.head(draft.method, draft.path, body: draft.body, wait: wait), body: draft.body,
            bodyLimit: log != nil && draft.user != nil ? 2048 : 0, deadline: due + TimeAmount(settings.timeout)
        ) { [self] _, outcome in
            answered(draft, outcome, due: due, in: run)
        }
        requests.send(request)
    }

    private func answered(_ draft: LoadDraft, _ outcome: LoadRequest.Outcome, due: NIODeadline, in run: LoadRun) {
        guard !run.isOver else { return }
        let now = NIODeadline.now()
        run.outstanding -= 1
        switch outcome {
        case .success(let answer):
            let code = answer.status >= 400 ? answer.string(named: "code") : nil
            let isGood = draft.operation.isGood(status: answer.status, code: code)
            run.record(draft.operation, .status(answer.status, code: code), isGood: isGood, due: due, now: now)
            note(answer, code: code, of: draft, due: due, now: now, in: run)
            log?.write(draft, status: answer.status, job: answer.job, version: answer.string(named: "version"), due: due)
        case .failure(let failure):
            run.record(draft.operation, .failure(failure), isGood: false, due: due, now: now)
            log?.write(draft, status: nil, job: nil, version: nil, due: due)
        }
        if case .closed = run.phase.pace, run.isSending {
            // Through the loop: with a service that refuses at once this would otherwise call itself ever deeper.
            loop.assumeIsolated().execute { [self] in if run.isSending { dispatch(due: .now(), in: run) } }
        }
        finishIfDone(run)
    }

    /// What an answer says of a job.
    private func note(
        _ answer: LoadAnswer, code: String?, of draft: LoadDraft, due: NIODeadline, now: NIODeadline, in run: LoadRun
    ) {
        guard let kind = draft.operation.job else { return }
        let counts = run.counts(due)
        if let id = answer.job { workload.remember(job: id) }
        if answer.status == 202, let id = answer.job {
            if counts { run.figures.jobs[kind, default: JobFigures()].accepted += 1 }
            var job = FollowedJob(id: id, kind: kind, due: due, isMeasured: counts)
            if counts, followDice.nextFraction() < settings.follow {
                follow(job, in: run)
                run.lastJob = nil
            } else {
                job.isMeasured = false
                run.lastJob = job
            }
        } else if draft.operation == .recommend, counts, let status = Self.end(status: answer.status, code: code) {
            run.figures.jobs[kind, default: JobFigures()].accepted += 1
            run.figures.jobs[kind, default: JobFigures()].recordEnd(status, nanoseconds: (now - due).nanoseconds)
        }
    }

    /// How the job of a recommendation that was waited for ended, as the answer tells.
    private static func end(status: Int, code: String?) -> String? {
        switch (status, code) {
        case (200, _): "succeeded"
        case (_, "job_failed"?): "failed"
        case (_, "job_cancelled"?): "cancelled"
        case (_, "job_expired"?): "expired"
        default: nil
        }
    }

    // MARK: Ending

    private func endSending(_ run: LoadRun, drain: Duration) {
        guard run.isSending else { return }
        run.isSending = false
        loop.assumeIsolated().scheduleTask(in: TimeAmount(drain)) { [self] in giveUp(run) }
        finishIfDone(run)
    }

    func finishIfDone(_ run: LoadRun) {
        guard !run.isSending, !run.isOver, run.outstanding == 0, run.following == 0 else { return }
        if let job = run.lastJob {
            // Jobs of one queue are taken in order, so when the last has ended nearly all have.
            run.lastJob = nil
            return follow(job, in: run)
        }
        let hasJobs = run.figures.jobs.values.contains { $0.accepted > 0 }
        if hasJobs, run.sawEveryJobEnd { run.figures.lastJobSeconds = Double((NIODeadline.now() - run.end).nanoseconds) / 1e9 }
        finish(run)
    }

    private func giveUp(_ run: LoadRun) {
        guard !run.isOver else { return }
        run.lastJob = nil
        run.sawEveryJobEnd = false
        requests.giveUp()
        // Following ends when it notices that the run is over.
        finish(run)
        followers.giveUp()
    }

    private func finish(_ run: LoadRun) {
        log?.flush()
        run.finish(openedConnections: requests.openedCount + followers.openedCount)
    }

    private func sweep() {
        sweeper?.cancel()
        sweeper = loop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { [self] in
            requests.sweep(now: .now())
            followers.sweep(now: .now())
            if let run, !run.isOver { sweep() }
        }
    }
}
