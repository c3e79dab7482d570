package import Jobs
package import Logging
import Metrics
import ServiceRuntime

/// The job queue in RabbitMQ: every job is confirmed by the broker, or is an error within the configured time.
///
/// It connects when it is made, and again whenever the connection is lost. A job whose connection is lost before its confirm is
/// sent again within its time, so the broker may get it twice.
package struct RabbitMQJobQueue: JobQueue {
    private let publisher: RabbitMQPublisher

    package init(_ configuration: RabbitMQConfiguration, logger: Logger) {
        publisher = RabbitMQPublisher(configuration, logger: logger)
    }

    package func enqueue(_ job: Job) async throws(MessagingError) {
        let start = ContinuousClock.now
        let outcome = await publish(job)
        let duration = (ContinuousClock.now - start).components
        MessagingMetrics.publishDuration.recordNanoseconds(
            duration.seconds * 1_000_000_000 + duration.attoseconds / 1_000_000_000)
        switch outcome {
        case .success: MessagingMetrics.published(nil).increment()
        case .failure(let error):
            MessagingMetrics.published(error.code).increment()
            throw error
        }
    }

    /// Whether the broker takes jobs at present, as far as we know.
    package var isConnected: Bool { publisher.requests.isOpen }

    /// Whether the broker was there, with the queues that we need, at least once.
    package var hasConnected: Bool { publisher.requests.hasBeenOpen }

    /// Takes no more jobs, waits a few seconds at most for the confirms of the rest, and leaves the broker.
    package func close() async { await publisher.close() }

    private func publish(_ job: Job) async -> PublishRequests.Outcome {
        do throws(MessagingError) {
            let body = try JobCoding.encode(job)
            return await publisher.publish(
                PublishRequests.Message(id: job.id.rawValue, kind: job.kind, lane: job.lane, body: body))
        } catch {
            return .failure(error)
        }
    }
}
