import ArgumentParser
import Foundation
import Recommenders

/// Measures on this machine what there is to say about speed and memory.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure import, start, memory, queries and training on this machine.",
        discussion: """
            With --data everything is measured from the import on; without it the ratings file that there is. Training is measured \
            for the algorithms that --train names; queries for every algorithm that can answer. Other work on the machine makes \
            times longer, so only figures of one run are to be compared.

              kindred bench --data ml-25m --train ease --train implicit-als
            """)

    @Option(help: "A data set as for import, which is imported into a file of its own.", completion: .directory)
    var data: String?

    @Option(help: "The ratings file. (default: RATINGS_FILE, or kindred.ratings)", completion: .file())
    var ratings: String?

    @Option(help: "The folder of the models. (default: MODELS_FOLDER, or kindred.models)", completion: .directory)
    var models: String?

    @Option(help: ArgumentHelp("How many users are asked for.", valueName: "count"))
    var queries = 1000

    @Option(help: ArgumentHelp("Another number takes other users.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Measure the training of this algorithm too.", valueName: "algorithm"))
    var train: [Algorithm] = []

    @Option(help: ArgumentHelp("Measure lists with so many live ratings laid over the file too.", valueName: "count"))
    var live: Int?

    @OptionGroup var options: OutputOptions

    func validate() throws {
        if let live, !(1...10_000_000 ~= live) { throw ValidationError("--live is \(live); it may be 1 to 10000000.") }
        guard 1...1_000_000 ~= queries else { throw ValidationError("--queries is \(queries); it may be 1 to 1000000.") }
        guard data == nil || ratings == nil else { throw ValidationError("--data and --ratings exclude each other.") }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kindred-bench-\(getpid())").path
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var report = BenchReport()
        var ratings = ratings ?? Settings.ratingsFile
        var models = models ?? Settings.modelsFolder
        if let data {
            ratings = "\(folder)/bench.ratings"
            say("Importing \(data.onOneLine)")
            report.importing = try ChildProcess.runSelf(["import", data, "--output", ratings, "--json"])
        }
        for algorithm in train {
            say("Training \(algorithm.rawValue)")
            if models != "\(folder)/models" { models = "\(folder)/models" }
            let arguments = ["train", "--ratings", ratings, "--models", models, "--algorithm", algorithm.rawValue, "--json"]
            report.training.append((algorithm, try ChildProcess.runSelf(arguments)))
        }
        let dataset: Dataset
        do { dataset = try RatingsFileReader.read(ratings) } catch { throw CommandFailure(error) }
        report.dataset = dataset.name
        report.users = dataset.users.count
        report.items = dataset.items.count
        report.ratings = dataset.ratings.ratingCount
        report.ratingsFileBytes = (try? FileManager.default.attributesOfItem(atPath: ratings)[.size] as? Int) ?? 0

        say("Starting")
        // The first start fetches the file from the disk; the second is what every further process on the machine sees.
        for _ in 0..<2 {
            report.start = try ChildProcess.runSelf(["start-probe", "--ratings", ratings, "--models", models])
        }
        let engine = RecommendationEngine(
            ModelLibrary(dataset: dataset, models: ModelFolder(models).models(for: dataset).models))
        let benchmark = QueryBenchmark(engine: engine, count: queries, seed: seed)
        for algorithm in engine.library.algorithms {
            say("Asking \(algorithm.rawValue)")
            report.queries.append(try benchmark.run(algorithm))
        }
        if let live {
            say("Laying \(live) ratings over the file")
            report.live = try LiveBenchmark(library: engine.library, words: live, count: queries, seed: seed)
                .run(engine.library.algorithms)
        }
        print(options.isJSON ? report.json.description : report.text)
    }

    private func say(_ text: String) {
        if StandardError.isTerminal { StandardError.write("\(text) …\n") }
    }
}
