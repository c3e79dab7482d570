import ArgumentParser

/// What there is to do with the ratings that users gave.
struct RatingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratings", abstract: "Restore ratings from what RabbitMQ remembers.", subcommands: [ReplayRatingsCommand.self])
}
