import Jobs
import Logging
import Messaging
import ServiceLifecycle
import ServiceRuntime
import Storage

/// The worker's loop: takes jobs, carries them out in `slots` slots, settles them.
///
/// Shutdown is asked for between jobs: what this worker holds is finished and acknowledged, the rest goes to other workers.
struct JobService: Service {
    let source: any JobSource
    let handler: JobHandler
    let policy: WorkPolicy
    let readiness: OperationsServer.Readiness
    let metrics: WorkerMetrics
    let logger: Logger

    func run() async throws {
        readiness.set(true)
        let desk = WorkDesk(weights: policy.weights)
        await withGracefulShutdownHandler {
            await work(at: desk)
        } onGracefulShutdown: {
            readiness.set(false)
            Task { await source.stop() }
        }
        await source.close()
        logger.info("Worker drained")
    }

    private func work(at desk: WorkDesk) async {
        let outage = OutageLog(logger: logger)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await handler.computations.watch() }
            await withTaskGroup(of: Void.self) { slots in
                slots.addTask {
                    await takeIn(to: desk)
                    desk.close()
                }
                for _ in 0..<policy.slots {
                    slots.addTask {
                        let slot = WorkSlot(
                            desk: desk, handler: handler, policy: policy, metrics: metrics, outage: outage, logger: logger)
                        await slot.run()
                    }
                }
            }
            group.cancelAll()
        }
    }

    private func takeIn(to desk: WorkDesk) async {
        while let deliveries = await nextDeliveries() {
            desk.add(await held(deliveries))
        }
    }

    /// - Returns: nil once no more will come.
    ///
    /// A broker that lets this worker in no more is an operator's affair: the worker says so, and is there when it is mended.
    private func nextDeliveries() async -> [JobDelivery]? {
        while true {
            do throws(MessagingError) {
                let deliveries = try await source.next()
                return deliveries.isEmpty ? nil : deliveries
            } catch {
                logger.error("RabbitMQ gives this worker no jobs", metadata: [LogKey.error: "\(error)"])
            }
        }
    }

    /// Looks up what became of those that were delivered before: what has ended is settled, of the others it counts how often they were
    /// started.
    private func held(_ deliveries: [JobDelivery]) async -> [HeldJob] {
        let again = deliveries.filter { $0.redeliveries > 0 && $0.death == nil }
        guard !again.isEmpty, let records = try? await handler.results.records(of: again.map(\.job.id)) else {
            return deliveries.map { HeldJob($0) }
        }
        let known = Dictionary(zip(again.map(\.job.id), records)) { first, _ in first }
        return deliveries.compactMap { delivery in
            guard delivery.death == nil, case let record?? = known[delivery.job.id] else { return HeldJob(delivery) }
            guard record.status.isEnd else {
                return HeldJob(delivery, starts: record.status == .queued ? 0 : record.attempt)
            }
            delivery.settle(as: record.isForOperators ? .discard : .acknowledge)
            return nil
        }
    }
}

extension JobRecord {
    /// Whether its message goes to the dead letters: it failed, and not for what it asked.
    fileprivate var isForOperators: Bool {
        status == .failed && !(failure.flatMap { StorageError.Code(rawValue: $0.code) }?.isAnswer ?? false)
    }
}
