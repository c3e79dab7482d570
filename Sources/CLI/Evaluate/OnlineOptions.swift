import ArgumentParser

/// How ratings are replayed.
struct OnlineOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Replay the ratings in the order of time and predict each before it is learned: what was known at the start against what \
            is learned."))
    var online = false

    @Flag(
        help: ArgumentHelp(
            "Ask users of whom nothing is known about a few items, and see what their answers are worth: informative items against \
            popular ones. For one algorithm, by default user-neighbors."))
    var newcomers = false

    @Option(help: ArgumentHelp("The share of the ratings that is known at the start of a replay.", valueName: "0…1"))
    var trainingShare = 0.5

    @Option(
        help: ArgumentHelp("Predict so many of the replayed ratings, drawn by --seed; all are learned.", valueName: "count"))
    var predictions = 20_000

    @Option(help: ArgumentHelp("Learn so many of the replayed ratings at a time.", valueName: "count"))
    var every = 100

    @Option(help: ArgumentHelp("Show the course of a replay in so many windows of time.", valueName: "count"))
    var windows = 10

    @Option(
        help: ArgumentHelp("In a replay, also train models anew every so many days; may be repeated.", valueName: "days"))
    var retrainDays: [Double] = []

    /// Whether it is another evaluation than that of held-out ratings.
    var isAsked: Bool { online || newcomers }

    func validate() throws {
        guard !online || !newcomers else { throw ValidationError("--online and --newcomers are two evaluations.") }
        guard 0 < trainingShare && trainingShare < 1 else { throw ValidationError("--training-share is above 0 and below 1.") }
        guard predictions > 0, every > 0, 1...100 ~= windows else {
            throw ValidationError("--predictions and --every are above 0, --windows is 1 to 100.")
        }
        guard retrainDays.allSatisfy({ $0 > 0 }) else { throw ValidationError("--retrain-days is above 0.") }
    }
}
