import ArgumentParser
import Foundation
import Generations
import Recommenders
import Training

/// Makes the models that workers answer from.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train models on a ratings file.",
        discussion: """
            Without --algorithm and --parameters, all algorithms that need a model are trained with their usual parameters. The \
            folder gets one file for each, and what stood in it is replaced as a whole, and only if the training succeeds. Gateways and \
            workers go over to them while they run. With DATA_FOLDER, ratings and models become a new generation.

              kindred train
              kindred train --algorithm ease --set items=20000 --set regularization=300
              kindred tune --algorithm ease --output ease.json && kindred train --parameters ease.json

            A name that does not exist is answered with those that do. An algorithm that learns nothing, such as user-neighbors, may have a model too: it keeps its parameters.
            """)

    @Option(help: "The ratings file. (default: RATINGS_FILE, or kindred.ratings)", completion: .file())
    var ratings: String?

    @Option(help: "The folder to write to. (default: MODELS_FOLDER, or kindred.models)", completion: .directory)
    var models: String?

    @Option(help: ArgumentHelp("Train this algorithm; may be given more than once.", valueName: "algorithm"))
    var algorithm: [Algorithm] = []

    @Option(
        help: ArgumentHelp("Train with the parameters in this file, as tune writes it.", valueName: "file"), completion: .file())
    var parameters: [String] = []

    @Option(help: ArgumentHelp("Set one parameter of the one algorithm that is trained.", valueName: "name=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("Memory for one training. (default: three quarters of the machine's)", valueName: "GiB"))
    var memoryLimit: Double?

    @OptionGroup var options: OutputOptions

    func validate() throws {
        if let memoryLimit, !(memoryLimit > 0 && memoryLimit < 1_000_000) {
            throw ValidationError("--memory-limit is in GiB, above 0.")
        }
        for setting in set where !setting.contains("=") { throw ValidationError("--set takes name=value, not \"\(setting)\".") }
        guard set.isEmpty || algorithm.count + parameters.count == 1 else {
            throw ValidationError("--set is for one algorithm: name it with --algorithm, or give one file with --parameters.")
        }
        if algorithm.contains(.classic) { throw ValidationError("The algorithm classic has nothing to train.") }
    }

    func run() throws {
        var summary: TrainSummary
        if ratings == nil, models == nil, let data = Settings.generations, let current = data.current {
            (_, summary) = try Publication.publish(in: data) { generation in
                try generation.link(filesOf: current)
                return try train(on: generation.ratingsFile, into: ModelFolder(generation.modelsFolder))
            }
            summary.moved(to: Settings.modelsFolder)
        } else {
            summary = try train(on: ratings ?? Settings.ratingsFile, into: ModelFolder(models ?? Settings.modelsFolder))
        }
        print(options.isJSON ? summary.json.description : summary.text)
    }

    private func train(on path: String, into folder: ModelFolder) throws -> TrainSummary {
        let dataset: Dataset
        do { dataset = try RatingsFileReader.read(path) } catch { throw CommandFailure(error) }
        let plans = try plans(for: dataset.ratings)
        do {
            try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                .failure, "cannot make the folder \(folder.path): \(error.localizedDescription)",
                advice: "Make sure that no file is in its place and that you may write there.")
        }
        var summary = TrainSummary(dataset: dataset.name, folder: folder.path)
        for parameters in plans {
            summary.models.append(try train(parameters, on: dataset, into: folder.file(of: parameters.algorithm)))
            guard parameters.algorithm == .itemNeighbors else { continue }
            // What was rated in one sitting helps to guess what comes next, but does not make two items alike.
            summary.models.append(
                try train(.itemNeighbors(.alike), on: dataset, into: folder.similarItemsFile, name: "similar-items"))
        }
        return summary
    }

    /// What is to be trained, the algorithms in the order in which they are declared.
    private func plans(for ratings: RatingMatrix) throws(CommandFailure) -> [ModelParameters] {
        var plans: [Algorithm: ModelParameters] = [:]
        let named = algorithm.isEmpty && parameters.isEmpty ? Algorithm.allCases.filter(\.needsModel) : algorithm
        for algorithm in named { plans[algorithm] = ModelParameters(defaultsOf: algorithm, for: ratings) }
        for file in parameters {
            let parameters = try ParameterFile.read(file, for: ratings)
            plans[parameters.algorithm] = parameters
        }
        for setting in set {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            for (algorithm, parameters) in plans {
                do throws(Recommenders.ParameterError) {
                    plans[algorithm] = try parameters.setting(parts[0], to: parts[1])
                } catch {
                    throw CommandFailure(error, of: parameters)
                }
            }
        }
        return Algorithm.allCases.compactMap { plans[$0] }
    }

    private func train(
        _ parameters: ModelParameters, on dataset: Dataset, into file: String, name: String? = nil
    ) throws(CommandFailure) -> TrainSummary.Model {
        var trainer = ModelTrainer()
        if let memoryLimit { trainer.memory = MemoryBudget(bytes: Int(memoryLimit * 1_073_741_824)) }
        let began = ContinuousClock.now
        let cpu = ProcessUsage.now.cpuSeconds
        let display = PhaseProgress()
        let trained: ModelTrainer.Outcome
        do throws(TrainingError) {
            defer { display.end() }
            trained = try trainer.train(parameters, on: dataset.ratings, scale: dataset.scale) {
                display.update("Training \(parameters.algorithm.rawValue)", fraction: $0)
            }
        } catch {
            throw CommandFailure(error)
        }
        let model = TrainedModel(
            parameters: parameters, content: trained.content, itemsFingerprint: dataset.items.fingerprint)
        do throws(StoredFileError) {
            try ModelFileWriter.write(model, to: file)
        } catch {
            throw CommandFailure(error)
        }
        return TrainSummary.Model(
            name: name ?? parameters.algorithm.rawValue, parameters: parameters, file: file,
            seconds: (.now - began) / .seconds(1),
            cpuSeconds: ProcessUsage.now.cpuSeconds - cpu, notes: trained.notes)
    }
}
