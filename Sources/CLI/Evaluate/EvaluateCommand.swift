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
    }

    func run() throws {
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

    private func write(_ report: EvaluationReport) throws {
        let json = try report.json()
        for (path, data) in [(output, json), (html, Data(report.html.utf8))] {
            guard let path else { continue }
            do { try OutputFile.write(data, to: path) } catch { throw CommandFailure(error) }
        }
        if options.isJSON {
            print(String(decoding: json, as: UTF8.self))
        } else {
            print(EvaluationView(report: report).text)
            for path in [output, html].compactMap({ $0 }) { print("Written: \(path.onOneLine)") }
        }
    }
}

extension ValidationUse: ExpressibleByArgument {}
