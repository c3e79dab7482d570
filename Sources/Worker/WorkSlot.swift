import Experiments
import Jobs
import Logging
import Messaging
import ServiceLifecycle
import ServiceRuntime
import Storage

/// One of the places where work is done, one after the other.
struct WorkSlot: Sendable {
    let desk: WorkDesk
    let handler: JobHandler
    let policy: WorkPolicy
    let metrics: WorkerMetrics
    let outage: OutageLog
    let logger: Logger

    func run() async {
        await withDiscardingTaskGroup { postponed in
            while let work = await desk.next() {
                let left = await perform(work)
                for held in left where held.failures > 0 {
                    desk.postpone()
                    postponed.addTask { await resume(held) }
                }
                desk.end(work, leaving: left.filter { $0.failures == 0 })
            }
        }
    }

    /// Carries `work` out until it has ended. While Redis is away it is held and tried again in place: an outage costs no attempts,
    /// and the prefetch limit keeps the rest in the queue.
    ///
    /// - Returns: what is to be tried again, alone.
    private func perform(_ work: Work) async -> [HeldJob] {
        let began = ContinuousClock.now
        for held in work.jobs { metrics.started(held.job, at: .now) }
        metrics.began(work)
        var backoff = Backoff(first: .milliseconds(50), ceiling: .seconds(5))
        var isHeld = false
        defer { if isHeld { outage.released(work.jobs.count) } }
        while true {
            do throws(StorageError) {
                let outcomes = try await handler.carryOut(work)
                for (held, outcome) in zip(work.jobs, outcomes) {
                    held.delivery.settle(as: .acknowledge)
                    metrics.ended(held.job, as: outcome, after: .now - began)
                }
                return []
            } catch {
                guard error.isRetriable else { return await failed(work, because: error, began: began) }
                if !isHeld {
                    isHeld = true
                    outage.holds(work.jobs.count, because: error)
                    metrics.holds(work.jobs.count)
                }
                guard await pause(backoff.next()) else {
                    desk.leave()
                    return []
                }
            }
        }
    }

    /// Of jobs that fail together each is tried alone, so that none fails for another. One that was delivered more than once cannot be
    /// told apart from itself, and fails each time.
    private func failed(
        _ work: Work, because error: StorageError, began: ContinuousClock.Instant
    ) async -> [HeldJob] {
        let isOneJob = Set(work.jobs.map(\.job.id)).count == 1
        var left: [HeldJob] = []
        for var held in work.jobs {
            held.isIsolated = true
            if isOneJob { left += await failed(held, because: error, began: began) } else { left.append(held) }
        }
        return left
    }

    /// - Returns: the job, if it is to be tried again.
    private func failed(
        _ held: HeldJob, because error: StorageError, began: ContinuousClock.Instant
    ) async -> [HeldJob] {
        var held = held
        let isAnswer = error.isAnswer
        let isLast = isAnswer || held.failures + 1 >= policy.attempts
        await writeDown(held, as: isLast ? .failed : .retrying, because: error)
        guard isLast else {
            held.failures += 1
            return [held]
        }
        held.delivery.settle(as: isAnswer ? .acknowledge : .discard)
        metrics.ended(held.job, as: .failed, after: .now - began)
        return []
    }

    private func writeDown(_ held: HeldJob, as status: JobStatus, because error: StorageError) async {
        if !error.isAnswer {
            logger.error(
                status.isEnd ? "Job failed and goes to the dead letters" : "Job failed and is tried again",
                metadata: metadata(of: held, error))
        }
        do throws(StorageError) {
            try await handler.fail(held, as: status, because: error)
        } catch {
            logger.warning("Failure could not be written down", metadata: metadata(of: held, error))
        }
    }

    /// Waits without a slot.
    private func resume(_ held: HeldJob) async {
        let isBack = await pause(policy.retryDelay(afterFailures: held.failures))
        if isBack { metrics.retried() }
        var held = held
        held.readyAt = .now
        desk.resume(isBack ? held : nil)
    }

    /// - Returns: false when the worker is told to leave; what is held then stays unsettled and is delivered to another.
    private func pause(_ duration: Duration) async -> Bool {
        await cancelWhenGracefulShutdown {
            do {
                try await Task.sleep(for: duration)
                return true
            } catch {
                return false
            }
        }
    }

    private func metadata(of held: HeldJob, _ error: StorageError) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.jobID: "\(held.job.id)", LogKey.jobKind: "\(held.job.kind.rawValue)", LogKey.jobAttempt: "\(held.attempt)",
            LogKey.error: "\(error)",
        ]
        let assignments = handler.assignments(of: held.job, at: .now)
        if !assignments.isEmpty {
            metadata[LogKey.experiments] = .array(assignments.map { "\($0.experiment)/\($0.variant)" })
        }
        return metadata
    }
}
