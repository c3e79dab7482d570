import NIOCore
import NIOHTTP1

/// Following jobs to their end, on connections of their own: a job that takes its time must not keep a request from being sent.
extension LoadGenerator {
    /// Seconds; the service allows up to 30.
    private static let followWait = 20

    func follow(_ job: FollowedJob, in run: LoadRun) {
        run.following += 1
        if job.isMeasured {
            run.unended[job.kind, default: 0] += 1
            if followers.isExhausted { run.figures.jobs[job.kind, default: JobFigures()].followedLate += 1 }
        }
        ask(job, in: run)
    }

    private func ask(_ job: FollowedJob, in run: LoadRun) {
        guard !run.isOver else { return }
        run.figures.sentRequests += 1
        let path = "/v1/jobs/\(job.id)"
        let (head, limit) =
            switch settings.followBy {
            case .wait: (heads.head(.GET, path, wait: Self.followWait), 512)
            case .poll: (heads.head(.GET, path), 512)
            // The last event is what counts, and events carry the whole job.
            case .events: (heads.head(.GET, "\(path)/events"), 1 << 18)
            }
        let deadline = NIODeadline.now() + max(TimeAmount(settings.timeout), .seconds(Int64(Self.followWait) + 5))
        followers.send(
            LoadRequest(head: head, bodyLimit: limit, deadline: deadline) { [self] _, outcome in
                learned(outcome, of: job, in: run)
            })
    }

    private func learned(_ outcome: LoadRequest.Outcome, of job: FollowedJob, in run: LoadRun) {
        guard !run.isOver else { return }
        switch outcome {
        case .success(let answer) where answer.status == 200:
            let status = settings.followBy == .events ? answer.lastEvent : answer.string(named: "status")
            if let status, FollowedJob.ends.contains(status) { return ended(job, status, in: run) }
            askAgain(job, after: settings.followBy == .poll ? job.pollDelay : .zero, in: run)
        case .success(let answer) where answer.status == 404: ended(job, "unknown", in: run)
        default:
            if job.isMeasured { run.figures.jobs[job.kind, default: JobFigures()].followErrors += 1 }
            askAgain(job, after: .milliseconds(250), in: run)
        }
    }

    private func askAgain(_ job: FollowedJob, after delay: TimeAmount, in run: LoadRun) {
        var job = job
        job.attempt += 1
        let next = job
        loop.assumeIsolated().scheduleTask(in: delay) { [self] in ask(next, in: run) }
    }

    private func ended(_ job: FollowedJob, _ status: String, in run: LoadRun) {
        run.following -= 1
        if job.isMeasured {
            run.unended[job.kind, default: 0] -= 1
            run.figures.jobs[job.kind, default: JobFigures()]
                .recordEnd(status, nanoseconds: (NIODeadline.now() - job.due).nanoseconds)
        }
        finishIfDone(run)
    }
}
