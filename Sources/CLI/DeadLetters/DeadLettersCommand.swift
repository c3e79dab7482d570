import ArgumentParser

/// What there is to do with jobs that nobody could do.
struct DeadLettersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Look at the jobs that nobody could do, and do something about them.",
        discussion: """
            A job becomes a dead letter when the workers that took it died over and over, or when what it asks for cannot be stored. A \
            message that is no job at all becomes one at once. They wait in the queue jobs.dead until somebody decides:

              kindred jobs dead list
              kindred jobs dead requeue --reason delivery_limit --since 2h
              kindred jobs dead discard --id 01k0…

            RabbitMQ is looked for where the services look for it: RABBITMQ_HOST, RABBITMQ_PORT and so on. Every one of these commands \
            may be interrupted and repeated.
            """,
        subcommands: [
            ListDeadLettersCommand.self, ShowDeadLetterCommand.self, RequeueDeadLettersCommand.self,
            DiscardDeadLettersCommand.self,
        ])
}
