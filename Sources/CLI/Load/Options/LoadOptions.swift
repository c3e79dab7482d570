import ArgumentParser

/// What is asked of the service, and of whom.
struct LoadContentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Weights of operations: the groups reads, ratings and recommendations, or single ones.", valueName: "weights"))
    var mix = LoadMix.standard

    @Option(help: ArgumentHelp("Users are 1 to this. (default: as many as the data set has)", valueName: "count"))
    var users: Int?

    @Option(
        help: ArgumentHelp(
            "What stands in front of a user's number. Empty for users of the data set, whose ratings are then changed.",
            valueName: "text"))
    var prefix = "load-"

    @Option(help: ArgumentHelp("Take so many items, the most rated ones.", valueName: "count"))
    var items = 1000

    @Option(
        help: ArgumentHelp(
            "How much more often the first users and items come: Zipf's exponent, 0 for all alike.", valueName: "exponent"))
    var skew = 0.0

    @Option(help: ArgumentHelp("Another number takes other users, items and moments.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: "When requests are due: constant, or poisson for random distances.")
    var arrivals = ArrivalSchedule.Arrivals.constant

    func validate() throws {
        guard users.map({ 1...1_000_000_000 ~= $0 }) ?? true else { throw ValidationError("--users is 1 to 1000000000.") }
        guard 1...1_000_000 ~= items else { throw ValidationError("--items is 1 to 1000000.") }
        guard 0...10 ~= skew else { throw ValidationError("--skew is 0 to 10.") }
        guard prefix.utf8.count <= 100 else { throw ValidationError("--prefix has 100 bytes at most.") }
    }
}

/// How requests and answers travel.
struct LoadConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("So many connections at most; more are opened as they are needed.", valueName: "count"))
    var connections = 256

    @Option(help: ArgumentHelp("Give a request up so long after it was due.", valueName: "seconds"))
    var timeout = LoadSeconds(.seconds(30))

    @Option(help: ArgumentHelp("Wait so long for answers and jobs after the last request.", valueName: "seconds"))
    var drain = LoadSeconds(.seconds(30))

    @Option(
        help: ArgumentHelp(
            "The share of accepted jobs that are followed to their end, such as 10%. (default: all, but at most 200 a second)",
            valueName: "share"))
    var follow: LoadShare?

    @Option(help: "How to follow: wait (Prefer: wait), poll, or events (server-sent events).")
    var followBy = LoadSettings.FollowMethod.wait

    @Option(help: ArgumentHelp("So many jobs are followed at a time.", valueName: "count"))
    var followers = 256

    func validate() throws {
        guard 1...100_000 ~= connections else { throw ValidationError("--connections is 1 to 100000.") }
        guard 1...100_000 ~= followers else { throw ValidationError("--followers is 1 to 100000.") }
        guard timeout.duration > .zero else { throw ValidationError("--timeout is more than 0.") }
    }
}
