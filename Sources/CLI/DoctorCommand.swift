import ArgumentParser
import Generations
import ServiceRuntime

/// Looks at everything that the services need.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the ratings file, the models, Redis, RabbitMQ and the log of ratings.",
        discussion: """
            Everything is looked for where the services look for it: DATA_FOLDER, RATINGS_FILE, MODELS_FOLDER, REDIS_HOST, REDIS_PORT, RABBITMQ_HOST, \
            RABBITMQ_PORT and so on. Nothing is changed. The exit code is 1 if anything fails; warnings do not count.
            """)

    @OptionGroup var options: OutputOptions

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let config = Settings.environment
        async let redis = RedisChecks.run(reading: config)
        async let log = RatingLogCheck.run(ratings: Settings.ratingsFile, reading: config)
        async let broker = RabbitMQChecks.run(reading: config)
        let diagnosis = Diagnosis(
            checks: [RatingsFileCheck.version] + [
                RatingsFileCheck.run(path: Settings.ratingsFile, generation: Settings.generations?.current)
            ]
                + ModelCheck.run(ratings: Settings.ratingsFile, folder: Settings.modelsFolder) + (await redis) + (await broker)
                + (await log))
        print(options.isJSON ? diagnosis.json.description : diagnosis.text)
        if !diagnosis.isSound { throw ExitCode(CommandFailure.Code.failure.rawValue) }
    }
}
