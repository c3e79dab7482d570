import ArgumentParser
import Evaluation
import Foundation
import Recommenders
import Training

/// Finds the parameters with which an algorithm does best.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Find the parameters with which an algorithm ranks best.",
        discussion: """
            Parameters are chosen on validation ratings, never on those that evaluate tests on. For a blend, weights are looked for \
            between algorithms that are trained once, with their usual parameters or those of the files given.

              kindred tune --algorithm ease --seconds 300 --output ease.json
              kindred tune --algorithm blend --parameters ease.json --output blend.json
              kindred train --parameters ease.json --parameters blend.json
            """)

    @Option(help: "The ratings file. (default: RATINGS_FILE, or kindred.ratings)", completion: .file())
    var ratings: String?

    @OptionGroup var splitting: SplitOptions

    @Option(help: "The algorithm to tune.")
    var algorithm: Algorithm

    @Option(
        help: ArgumentHelp("Start from these parameters; of a blend: those of its parts. May be repeated.", valueName: "file"),
        completion: .file())
    var parameters: [String] = []

    @Option(help: ArgumentHelp("Begin no trial after so many seconds.", valueName: "count"))
    var seconds = 600.0

    @Option(help: ArgumentHelp("Try so many parameters at most.", valueName: "count"))
    var trials = 60

    @Option(help: ArgumentHelp("What is to be as good as it can be.", valueName: "metric"))
    var metric = "ndcg@10"

    @Option(help: "How to search: random or coordinate.")
    var strategy = SearchStrategy.random

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write. (default: ALGORITHM.json)", valueName: "file"),
        completion: .file())
    var output: String?

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard let metric = Metric(metric), metric.isPerUser else {
            throw ValidationError("--metric takes one like ndcg@10, hr@10, recall@20, map@10 or mrr.")
        }
        guard seconds > 0, 1...100_000 ~= trials else { throw ValidationError("--seconds and --trials are above 0.") }
        guard SearchSpace.exists(for: algorithm) else {
            throw ValidationError("The algorithm \(algorithm.rawValue) has nothing to tune.")
        }
    }

    func run() throws {
        let prepared = try splitting.prepare(path: ratings ?? Settings.ratingsFile)
        let validation: ValidationSet
        do throws(SplitError) {
            validation = try prepared.split.validationSet()
        } catch {
            throw CommandFailure(.unusable, error.message, advice: "Give lists with --validation, or another --split.")
        }
        let plans = try AlgorithmPlans(
            algorithms: [algorithm], files: parameters, for: validation.set.training)
        var report =
            algorithm == .blend
            ? try tuneBlend(plans, validation, prepared) : try tuneParameters(plans, validation, prepared)
        report.command = ["kindred"] + CommandLine.arguments.dropFirst()
        report.date = Date.now.formatted(.iso8601)
        let path = output ?? "\(algorithm.rawValue).json"
        let json = try report.json()
        do { try OutputFile.write(json, to: path) } catch { throw CommandFailure(error) }
        print(options.isJSON ? String(decoding: json, as: UTF8.self) : TuningView(report: report, path: path).text)
    }

    private func tuneParameters(
        _ plans: AlgorithmPlans, _ validation: ValidationSet, _ prepared: SplitOptions.Prepared
    ) throws -> TuningReport {
        guard let start = plans.parameters(of: algorithm) else { throw ExitCode.failure }
        var tuner = Tuner(validation, scale: prepared.scale, space: SearchSpace.of(start, ratings: validation.set.training))
        tuner.objective = Metric(metric) ?? .ndcg(10)
        tuner.strategy = strategy
        tuner.seconds = seconds
        tuner.trials = trials
        tuner.seed = splitting.seed
        let trainer = ModelTrainer()
        let factory = ScorerFactory(ratings: validation.set.training, scale: prepared.scale)
        let progress = PhaseProgress()
        defer { progress.end() }
        let began = ContinuousClock.now
        var report = try tuner.run(
            algorithm: algorithm.rawValue, dataset: prepared.summary, split: prepared.split.method,
            progress: { made in
                let share = max((.now - began) / .seconds(seconds), Double(made.count) / Double(trials))
                progress.update("Tuning \(algorithm.rawValue)", fraction: share)
            },
            make: { candidate, ratings in
                let parameters = try start.setting(candidate)
                let trained = try trainer.train(parameters, on: ratings, scale: prepared.scale)
                let model = TrainedModel(parameters: parameters, content: trained.content, itemsFingerprint: 0)
                guard let scorer = factory.scorer(of: model) else { throw CommandFailure(.failure, "no scorer") }
                return scorer
            })
        // All of them, so that the file says the same when the usual values change.
        report.parameters = try start.setting(report.parameters).values
        return report
    }

    private func tuneBlend(
        _ plans: AlgorithmPlans, _ validation: ValidationSet, _ prepared: SplitOptions.Prepared
    ) throws -> TuningReport {
        let parts = Algorithm.allCases.filter { $0 != .classic && $0 != .trending && $0 != .blend }
        let progress = PhaseProgress()
        defer { progress.end() }
        let contenders = try ContenderTrainer(scale: prepared.scale).contenders(
            for: parts.map { ($0, plans.parameters(of: $0) ?? ModelParameters(defaultsOf: $0, for: validation.set.training)) },
            on: validation.set.training
        ) { progress.update("Training \($0.rawValue)", fraction: $1) }
        let objective = Metric(metric) ?? .ndcg(10)
        let began = ContinuousClock.now
        let search = BlendSearch(
            contenders.map(\.scorer), on: validation, metric: objective, seed: splitting.seed
        ) { progress.update("Scoring", fraction: $0) }
        progress.update("Weighing", fraction: 0)
        let outcome = search.run(seed: splitting.seed)
        return TuningReport(
            blend: outcome, of: contenders.map(\.name), dataset: prepared.summary, split: prepared.split.method,
            validation: validation,
            objective: objective, seed: splitting.seed, seconds: (.now - began) / .seconds(1))
    }
}

extension SearchStrategy: ExpressibleByArgument {}
