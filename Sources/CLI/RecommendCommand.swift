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

    @Option(help: "The folder of the models. (default: MODELS_FOLDER, or kindred.models)", completion: .directory)
    var models: String?

    @Option(name: .shortAndLong, help: "How many items, 1 to 100.")
    var count = 10

    @Option(help: "How to compute it. (default: \(RecommendationDefaults().algorithm.rawValue))")
    var algorithm: Algorithm?

    @Option(help: "How alike two users are. (default: what was tuned)")
    var similarity: Similarity?

    @Option(help: ArgumentHelp("How many nearest users vote, 1 to 1000. (default: what was tuned)", valueName: "count"))
    var neighbours: Int?

    @Option(
        name: [.customLong("genre"), .customShort("g")],
        help: ArgumentHelp("Only items of this genre. May be repeated: of any of them.", valueName: "name"))
    var genres: [String] = []

    @Option(help: "How varied the list is to be: 0 for the best items, 1 for items as unlike each other as can be.")
    var diversity = 0.0

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard user != nil || !ratings.isEmpty else {
            throw ValidationError("For whom? Give --user, or some --rating, or both.")
        }
        guard RecommendationQuery.countRange.contains(count) else {
            throw ValidationError("--count is \(count); it may be 1 to \(RecommendationQuery.countRange.upperBound).")
        }
        guard RecommendationQuery.diversityRange.contains(diversity) else {
            throw ValidationError("--diversity is \(diversity); it may be 0 to 1.")
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
        var query = RecommendationQuery(
            count: count, algorithm: algorithm, similarity: similarity, neighbours: neighbours, genres: request.genres)
        query.diversity = diversity
        let library = try library(of: dataset)
        let list = try RecommendationEngine(library).recommend(for: request.profile, query: query)
        let view = RecommendationView(list: list, dataset: dataset, user: user)
        print(options.isJSON ? view.json.description : view.text)
    }

    /// A model that cannot be used matters only when it is asked for.
    private func library(of dataset: Dataset) throws(CommandFailure) -> ModelLibrary {
        let folder = ModelFolder(models ?? Settings.modelsFolder)
        let (models, errors) = folder.models(for: dataset)
        // Without them, or where they cannot be used, genres say what is alike.
        let library = ModelLibrary(dataset: dataset, models: models, similarItems: try? folder.similarItems(for: dataset))
        guard let algorithm, !library.algorithms.contains(algorithm) else { return library }
        if let (_, error) = errors.first(where: { $0.algorithm == algorithm }) { throw CommandFailure(error) }
        if algorithm == .trending {
            throw CommandFailure(
                .unusable, "the ratings have no times, so that nothing is trending", advice: "Use --algorithm popularity.")
        }
        throw CommandFailure(
            .unusable, "there is no model of \(algorithm.rawValue)",
            advice: algorithm == .blend
                ? "Train it and what it is made of with: kindred train"
                : "Train it with: kindred train --algorithm \(algorithm.rawValue)")
    }
}

extension Algorithm: ExpressibleByArgument {}
extension Similarity: ExpressibleByArgument {}
