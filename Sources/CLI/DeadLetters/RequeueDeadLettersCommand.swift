import ArgumentParser
import Jobs
import Messaging
import ServiceRuntime
import Storage

/// Has dead letters done again.
struct RequeueDeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue", abstract: "Have dead letters done again.",
        discussion: """
            Each is done again as a new job with an id of its own, since the old job has ended for everybody who follows it; a job that \
            had a deadline gets as long again. A dead letter is taken away only once the broker has the new job, so that a repeated or \
            interrupted call does one twice rather than not at all, which changes nothing. What is no job stays.

            A job that killed its workers may kill them again: try one by its --id first.
            """)

    @OptionGroup var selection: DeadLetterSelection
    @OptionGroup var options: OutputOptions

    func validate() throws { try selection.demandChoice() }

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let rabbitMQ = try Settings.rabbitMQ()
        let redis: RedisConfiguration
        do { redis = try RedisConfiguration(reading: Settings.environment) } catch { throw CommandFailure(error) }
        let queue = RabbitMQJobQueue(rabbitMQ, logger: Settings.silentLogger)
        let storage = RedisStorage(redis, logger: Settings.silentLogger)
        let requeuing = DeadLetterRequeuing(queue: queue, records: storage)
        var outcome = DeadLetterRequeuing.Outcome()
        let result: Result<DeadLetterScan.Summary, any Error>
        do {
            let scan = DeadLetterScan(configuration: rabbitMQ, filter: selection.filter(), limit: selection.limit)
            result = .success(
                try await scan.run { letters, held in
                    let done = await requeuing.requeue(letters)
                    try await held.discard(Array(Set(done.requeued.map(\.tag))))
                    outcome.add(done)
                    if let error = done.failure { throw error }
                })
        } catch {
            result = .failure(error)
        }
        await queue.close()
        await storage.close()
        print(options.isJSON ? outcome.json.description : outcome.text)
        _ = try result.get()
        if let failure = outcome.recordFailure {
            throw CommandFailure(
                .failure, "\(outcome.unrecorded) new jobs are not in Redis until a worker takes them: \(failure.message)")
        }
    }
}
