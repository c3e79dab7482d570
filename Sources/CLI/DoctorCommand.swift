import ArgumentParser
import ServiceRuntime

/// Looks at everything that the services need.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the ratings file, the models, Redis and RabbitMQ.",
        discussion: """
            Everything is looked for where the services look for it: RATINGS_FILE, MODELS_FOLDER, REDIS_HOST, REDIS_PORT, RABBITMQ_HOST, \
            RABBITMQ_PORT and so on. Nothing is changed. The exit code is 1 if anything fails; warnings do not count.
            """)

    @OptionGroup var options: OutputOptions

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let config = Settings.environment
        async let redis = RedisChecks.run(reading: config)
        async let broker = RabbitMQChecks.run(reading: config)
        let diagnosis = Diagnosis(
            checks: [RatingsFileCheck.version] + [RatingsFileCheck.run(path: Settings.ratingsFile)]
                + ModelCheck.run(ratings: Settings.ratingsFile, folder: Settings.modelsFolder) + (await redis) + (await broker))
        print(options.isJSON ? diagnosis.json.description : diagnosis.text)
        if !diagnosis.isSound { throw ExitCode(CommandFailure.Code.failure.rawValue) }
    }
}
