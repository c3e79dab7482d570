import ArgumentParser
import Evaluation
import Foundation
import Recommenders
import Training

/// Measures how good algorithms are on ratings that were held out.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure how good the algorithms' lists are on held-out ratings.",
        discussion: """
            Each algorithm is trained on what remains, and ranks all items that a user has not rated, never a sample of them. \
            Differences to the baseline come with 95 % intervals from a paired bootstrap.

              kindred evaluate
              kindred evaluate --algorithm ease --algorithm blend --html report.html
              kindred evaluate --output kindred.models/evaluation.json     # from where the gateway shows it
              kindred evaluate --parameters ease.json --on validation
              kindred evaluate --algorithm blend --diversity 0.1,0.3,0.5   # what varied lists cost
              kindred evaluate --newcomers                            # what asking a few questions gains
              kindred evaluate --online --html online.html            # what learning from others at once gains
              kindred evaluate --training train.txt --validation valid.txt --test test.txt --cutoffs 20
            """)

    @Option(help: "The ratings file. (default: RATINGS_FILE, or kindred.ratings)", completion: .file())
    var ratings: String?

    @OptionGroup var splitting: SplitOptions

    @Option(help: ArgumentHelp("Evaluate this algorithm; may be repeated. (default: all)", valueName: "algorithm"))
    var algorithm: [Algorithm] = []

    @Option(
        help: ArgumentHelp("Evaluate with the parameters in this file, as tune writes it.", valueName: "file"),
        completion: .file())
    var parameters: [String] = []

    @Option(help: ArgumentHelp("What the others are compared with. (default: popularity, or the first)", valueName: "algorithm"))
    var baseline: Algorithm?

    @Option(help: ArgumentHelp("Which ratings are to be found: test or validation.", valueName: "part"))
    var on = Part.test

    @Option(
        help: ArgumentHelp(
            "What becomes of validation ratings at the test: trained (on), masked (neither that nor recommended), or candidates.",
            valueName: "use"))
    var validationUse = ValidationUse.trained

    @Option(help: ArgumentHelp("The lengths of lists that count, separated by commas.", valueName: "n,n"))
    var cutoffs = "10,20"

    @Option(
        help: ArgumentHelp(
            "Evaluate each algorithm's lists at these diversities from 0 to 1 as well, separated by commas.", valueName: "d,d"))
    var diversity: String?

    @Option(help: ArgumentHelp("Evaluate so many users only, drawn by --seed. (default: all)", valueName: "count"))
    var users: Int?

    @Option(help: ArgumentHelp("Write the report as a page to this file.", valueName: "file"), completion: .file())
    var html: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the report as JSON to this file.", valueName: "file"), completion: .file())
    var output: String?

    @OptionGroup(title: "Replays") var replay: OnlineOptions

    @OptionGroup var options: OutputOptions

    enum Part: String, ExpressibleByArgument, CaseIterable { case test, validation }

    private var lengths: [Int] {
        get throws {
            let lengths = cutoffs.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
            guard !lengths.isEmpty, lengths.allSatisfy({ 1...1000 ~= $0 ?? 0 }) else {
                throw ValidationError("--cutoffs takes numbers from 1 to 1000, as in 10,20.")
            }
            return lengths.compactMap { $0 }
        }
    }

    private var diversities: [Double] {
        get throws {
            let values = (diversity ?? "").split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
            guard values.allSatisfy({ RecommendationQuery.diversityRange ~= $0 ?? -1 }) else {
                throw ValidationError("--diversity takes numbers from 0 to 1, as in 0.1,0.3.")
            }
            return Set(values.compactMap { $0 }).filter { $0 > 0 }.sorted()
        }
    }

    func validate() throws {
        _ = try lengths
        _ = try diversities
        if let users, users < 1 { throw ValidationError("--users is 1 or more.") }
        guard !replay.isAsked || (splitting.training == nil && splitting.split == nil && users == nil) else {
            throw ValidationError("--online and --newcomers take all of a ratings file: no --split, no lists and no --users.")
        }
    }

    func run() throws {
        guard !replay.isAsked else { return try replay.online ? runOnline() : runNewcomers() }
        let prepared = try splitting.prepare(path: ratings ?? Settings.ratingsFile)
        let (set, use) = try evaluationSet(of: prepared)
        let plans = try AlgorithmPlans(algorithms: algorithm, files: parameters, for: set.training).plans
        let progress = PhaseProgress()
        defer { progress.end() }
        let trainer = ContenderTrainer(scale: prepared.scale)
        let contenders = try trainer.contenders(for: plans, on: set.training) { algorithm, share in
            progress.update("Training \(algorithm.rawValue)", fraction: share)
        }
        let evaluator = Evaluator(set, scale: prepared.scale, cutoffs: try lengths, seed: splitting.seed)
        let varied = try trainer.diversified(
            contenders, at: try diversities, length: evaluator.cutoffs.max() ?? 0, on: set.training)
        let outcomes = (contenders + varied).map { contender in
            evaluator.evaluate(contender) { progress.update("Evaluating \(contender.name)", fraction: $0) }
        }
        progress.end()
        let names = outcomes.map(\.name)
        if let baseline, !names.contains(baseline.rawValue) {
            throw CommandFailure(
                .unusable, "\(baseline.rawValue) is not among the algorithms", advice: "Add it with --algorithm.")
        }
        let report = EvaluationReport(
            dataset: prepared.summary, split: SplitSummary(prepared.split.method, set, validationUse: use), evaluator: evaluator,
            outcomes: outcomes,
            baseline: baseline?.rawValue ?? (names.contains("popularity") ? "popularity" : names.first),
            command: ["kindred"] + CommandLine.arguments.dropFirst(), date: Date.now.formatted(.iso8601))
        try write(report)
    }

    private func evaluationSet(
        of prepared: SplitOptions.Prepared
    ) throws(CommandFailure) -> (set: EvaluationSet, use: ValidationUse?) {
        var set: EvaluationSet
        switch on {
        case .test: set = prepared.split.testSet(validation: validationUse)
        case .validation:
            do throws(SplitError) {
                set = try prepared.split.validationSet().set
            } catch {
                throw CommandFailure(.unusable, error.message, advice: "Evaluate on the test ratings, which is the default.")
            }
        }
        if let users { set = set.sample(users, seed: splitting.seed) }
        return (set, on == .test ? validationUse : nil)
    }

    private func dataset() throws(CommandFailure) -> Dataset {
        do { return try RatingsFileReader.read(ratings ?? Settings.ratingsFile) } catch { throw CommandFailure(error) }
    }

    private func runNewcomers() throws {
        var coldStart = ColdStart(try dataset())
        coldStart.cutoff = try lengths.first ?? 10
        coldStart.seed = splitting.seed
        let trainer = ContenderTrainer(scale: coldStart.dataset.scale)
        let progress = PhaseProgress()
        defer { progress.end() }
        var name = ""
        let orders = try coldStart.evaluate([.popular, .informative]) { training in
            let named = algorithm.isEmpty && parameters.isEmpty ? [.userNeighbors] : algorithm
            let plans = try AlgorithmPlans(algorithms: named, files: parameters, for: training).plans
            guard plans.count == 1 else {
                throw CommandFailure(.unusable, "--newcomers is for one algorithm", advice: "Name one with --algorithm.")
            }
            name = plans[0].algorithm.rawValue
            return try trainer.contenders(for: plans, on: training) { progress.update("Training \($0.rawValue)", fraction: $1) }[0]
                .scorer
        }
        progress.end()
        let report = ColdStartReport(orders, of: coldStart, algorithm: name)
        try write(report.json(), page: nil, text: OnlineView.text(of: report))
    }

    private func runOnline() throws {
        let dataset = try dataset()
        let evaluation = OnlineEvaluation(
            dataset: dataset, options: replay, cutoff: try lengths.first ?? 10, seed: splitting.seed)
        let usual: [Algorithm] = [.userNeighbors, .itemNeighbors, .ease, .implicitALS, .popularity]
        let report = try evaluation.run { training in
            try AlgorithmPlans(
                algorithms: algorithm.isEmpty && parameters.isEmpty ? usual : algorithm, files: parameters, for: training)
        }
        try write(report.json(), page: report.html, text: OnlineView(report: report).text)
    }

    private func write(_ report: EvaluationReport) throws {
        try write(report.json(), page: report.html, text: EvaluationView(report: report).text)
    }

    /// - Parameter page: nil where there is none.
    private func write(_ json: Data, page: String?, text: String) throws {
        for (path, data) in [(output, json), (html, page.map { Data($0.utf8) })] {
            guard let path, let data else { continue }
            do { try OutputFile.write(data, to: path) } catch { throw CommandFailure(error) }
        }
        if options.isJSON {
            print(String(decoding: json, as: UTF8.self))
        } else {
            print(text)
            for path in [output, page == nil ? nil : html].compactMap({ $0 }) { print("Written: \(path.onOneLine)") }
        }
    }
}

extension ValidationUse: ExpressibleByArgument {}
