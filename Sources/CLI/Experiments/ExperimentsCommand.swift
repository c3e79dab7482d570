import ArgumentParser
import Experiments
import ServiceRuntime

/// Comparisons of recommendations by what users do.
struct ExperimentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiments", abstract: "Check a file of experiments, and report what they have shown.",
        subcommands: [CheckExperimentsCommand.self, ReportExperimentsCommand.self])

    static func plan(_ file: String) throws(CommandFailure) -> ExperimentPlan {
        do throws(ExperimentsFileError) {
            return try ExperimentPlan(readingFile: file)
        } catch {
            let place = error.line.map { "\(file.onOneLine):\($0)" } ?? file.onOneLine
            throw CommandFailure(.unusable, "\(place): \(error.problem)", advice: "docs/experiments.md describes the file.")
        }
    }
}

/// Says whether a file of experiments can be used, and what it means.
struct CheckExperimentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "check", abstract: "Check a file of experiments.")

    @Argument(help: "The file.", completion: .file())
    var file: String

    func run() throws {
        let plan = try ExperimentsCommand.plan(file)
        guard !plan.experiments.isEmpty else { return print("There are no experiments.") }
        print(ExperimentPlanView.text(of: plan, at: .now))
    }
}
