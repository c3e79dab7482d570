import ArgumentParser
import Configuration
import Experiments
import Foundation
import ServiceRuntime
import Storage

/// What experiments have shown so far.
struct ReportExperimentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report what experiments have shown.",
        discussion: """
            It may be called as often as one likes: intervals and verdicts hold however often one looks. Only users are compared who have been \
            observed for the whole window.

            Redis is looked for where the services look for it: REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and so on.
            """)

    @Argument(help: "Of this experiment only.")
    var name: String?

    @Option(help: "The file of experiments. (default: what EXPERIMENTS_FILE names)", completion: .file())
    var file: String?

    @OptionGroup var options: OutputOptions

    func run() async throws {
        guard let file = file ?? Settings.environment.text(forKey: "experiments.file") else {
            throw CommandFailure(
                .unusable, "there is no file of experiments", advice: "Name one with --file, or with EXPERIMENTS_FILE.")
        }
        let plan = try ExperimentsCommand.plan(file)
        let experiments = plan.experiments.filter { name == nil || $0.name == name }
        if let name, experiments.isEmpty {
            throw CommandFailure(
                .unusable, "there is no experiment named \(name.onOneLine)",
                advice: "There are: \(plan.experiments.map(\.name).joined(separator: ", "))")
        }
        let reports = try await DataRole.use { storage, _ in
            var reports: [ExperimentReport] = []
            for experiment in experiments {
                reports.append(ExperimentReport(on: experiment, try await storage.counts(of: experiment), at: .now))
            }
            return reports
        }
        if options.isJSON {
            return print(String(decoding: try ExperimentReport.json(of: ["experiments": reports]), as: UTF8.self))
        }
        print(reports.map { ExperimentReportView(report: $0).text }.joined(separator: "\n\n"))
    }
}
