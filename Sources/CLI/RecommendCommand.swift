import ArgumentParser
import Recommenders

/// Computes a list right here, from a ratings file.
struct RecommendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Recommend items to somebody, without any server.",
        discussion: """
            For a user of the ratings file, for ratings that you give, or for both together, where what you give counts:

              kindred recommend --user 42
              kindred recommend --rating 1=5 --rating 260=4.5 --genre Sci-Fi

            Live ratings that users sent to the service since the import are not in the ratings file.
            """)

    private static let defaults = RecommendationDefaults()

    @Option(help: ArgumentHelp("A user of the ratings file.", valueName: "id"))
    var user: String?

    @Option(
        name: [.customLong("rating"), .customShort("r")],
        help: ArgumentHelp("A rating: item id, =, value. May be repeated.", valueName: "item=value"))
    var ratings: [RatingArgument] = []

    @Option(
        name: .customLong("ratings"),
        help: ArgumentHelp("The ratings file. (default: RATINGS_FILE, or kindred.ratings)", valueName: "file"),
        completion: .file())
    var ratingsFile: String?

    @Option(name: .shortAndLong, help: "How many items, 1 to 100.")
    var count = 10

    @Option(help: "How to compute it. (default: \(defaults.algorithm.rawValue))")
    var algorithm: Algorithm?

    @Option(help: "How alike two users are. (default: \(defaults.similarity.rawValue))")
    var similarity: Similarity?

    @Option(help: ArgumentHelp("How many nearest users vote, 1 to 1000. (default: \(defaults.neighbours))", valueName: "count"))
    var neighbours: Int?

    @Option(
        name: [.customLong("genre"), .customShort("g")],
        help: ArgumentHelp("Only items of this genre. May be repeated: of any of them.", valueName: "name"))
    var genres: [String] = []

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard user != nil || !ratings.isEmpty else {
            throw ValidationError("For whom? Give --user, or some --rating, or both.")
        }
        guard RecommendationQuery.countRange.contains(count) else {
            throw ValidationError("--count is \(count); it may be 1 to \(RecommendationQuery.countRange.upperBound).")
        }
        if let neighbours, !RecommendationQuery.neighboursRange.contains(neighbours) {
            throw ValidationError(
                "--neighbours is \(neighbours); it may be 1 to \(RecommendationQuery.neighboursRange.upperBound).")
        }
    }

    func run() throws {
        let dataset: Dataset
        do {
            dataset = try RatingsFileReader.read(ratingsFile ?? Settings.ratingsFile)
        } catch {
            throw CommandFailure(error)
        }
        let request = try RecommendationRequest(user: user, ratings: ratings, genres: genres, in: dataset)
        let query = RecommendationQuery(
            count: count, algorithm: algorithm, similarity: similarity, neighbours: neighbours, genres: request.genres)
        let list = RecommendationEngine(dataset: dataset).recommend(for: request.profile, query: query)
        let view = RecommendationView(list: list, dataset: dataset, user: user)
        print(options.isJSON ? view.json.description : view.text)
    }
}

extension Algorithm: ExpressibleByArgument {}
extension Similarity: ExpressibleByArgument {}
