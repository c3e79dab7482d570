import ArgumentParser

/// What there is to do with jobs.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Look at jobs.",
        subcommands: [ShowJobCommand.self, DeadLettersCommand.self])
}
