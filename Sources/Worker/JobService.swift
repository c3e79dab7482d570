import Jobs
import Logging
import Messaging
import ServiceLifecycle
import ServiceRuntime
import Storage

/// The worker's loop: takes a job, runs it in one of `slots` slots, settles it.
///
/// Shutdown is asked for between jobs: what has started is finished and acknowledged, the rest goes to other workers.
struct JobService: Service {
    let source: any JobSource
    let handler: JobHandler
    let slots: Int
    let readiness: OperationsServer.Readiness
    let metrics: WorkerMetrics
    let logger: Logger

    func run() async throws {
        readiness.set(true)
        try await withGracefulShutdownHandler {
            try await runSlots()
        } onGracefulShutdown: {
            readiness.set(false)
            Task { await source.stop() }
        }
        await source.close()
        logger.info("Worker drained")
    }

    private func runSlots() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var running = 0
            while let delivery = await nextDelivery() {
                if running == slots {
                    try await group.next()
                    running -= 1
                }
                running += 1
                group.addTask { await process(delivery) }
            }
            try await group.waitForAll()
        }
    }

    /// A broker that lets this worker in no more is an operator's affair: the worker says so, and is there when it is mended.
    private func nextDelivery() async -> JobDelivery? {
        while true {
            do throws(MessagingError) {
                return try await source.next()
            } catch {
                logger.error("RabbitMQ gives this worker no jobs", metadata: [LogKey.error: "\(error)"])
            }
        }
    }

    /// Runs the job until it has ended. While Redis is away the delivery is held and tried again in place: an outage costs no
    /// delivery attempts, and the prefetch limit keeps the rest in the queue.
    private func process(_ delivery: JobDelivery) async {
        let job = delivery.job
        let attempt = delivery.redeliveries + 1
        let began = ContinuousClock.now
        metrics.started(job, at: .now)
        var backoff = Backoff(first: .milliseconds(50), ceiling: .seconds(5))
        while true {
            do throws(StorageError) {
                let outcome = try await handler.carryOut(job, attempt: attempt)
                delivery.settle(as: .acknowledge)
                metrics.ended(job, as: outcome, after: .now - began)
                return
            } catch {
                guard error.isRetriable else {
                    return await giveUp(delivery, attempt: attempt, because: error, began: began)
                }
                metrics.holds()
                logger.warning("Job is held until Redis answers again", metadata: metadata(of: job, attempt, error))
                guard await pause(backoff.next()) else { return }
            }
        }
    }

    /// To the dead-letter queue, where an operator can look at it and send it again; but that a profile is full is an answer, and
    /// nothing to look at.
    private func giveUp(
        _ delivery: JobDelivery, attempt: Int, because error: StorageError, began: ContinuousClock.Instant
    ) async {
        let isAnswer = error.code == .profileFull
        if !isAnswer {
            logger.error("Job failed and goes to the dead letters", metadata: metadata(of: delivery.job, attempt, error))
        }
        do throws(StorageError) {
            try await handler.giveUp(delivery.job, attempt: attempt, because: error)
        } catch {
            logger.warning("Failure could not be written down", metadata: metadata(of: delivery.job, attempt, error))
        }
        delivery.settle(as: isAnswer ? .acknowledge : .discard)
        metrics.ended(delivery.job, as: .failed, after: .now - began)
    }

    /// - Returns: false when the worker is told to leave; the delivery then stays unsettled and is delivered to another.
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

    private func metadata(of job: Job, _ attempt: Int, _ error: StorageError) -> Logger.Metadata {
        [
            LogKey.jobID: "\(job.id)", LogKey.jobKind: "\(job.kind.rawValue)", LogKey.jobAttempt: "\(attempt)",
            LogKey.error: "\(error)",
        ]
    }
}
