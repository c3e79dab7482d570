import ArgumentParser
import Foundation
import ServiceRuntime

/// The command line: everything that needs no server, and a look at those that run.
@main struct Kindred: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kindred",
        abstract: "Recommends what people of kindred taste liked.",
        discussion: """
            A first try, without any server:

              kindred sample data
              kindred import data --output kindred.ratings
              kindred recommend --user 1

            Exit codes: 0 success; 1 failure (a server or the disk refused); 2 what was asked for is not there or cannot be used; \
            64 the command was called wrongly.
            """,
        version: kindredVersion,
        subcommands: [
            ImportCommand.self, SampleCommand.self, TrainCommand.self, EvaluateCommand.self, TuneCommand.self, BenchCommand.self,
            StartProbe.self,
            RecommendCommand.self, JobsCommand.self, ExperimentsCommand.self, RatingsCommand.self, CompactCommand.self,
            DataCommand.self,
            BackupCommand.self, RestoreCommand.self,
            LoadCommand.self, DoctorCommand.self,
        ])

    static func main() async {
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            guard fflush(nil) == 0 else {
                throw CommandFailure(.failure, "the outcome could not be written: \(String(cString: strerror(errno)))")
            }
        } catch let failure as CommandFailure {
            StandardError.write("Error: \(failure.message)\n")
            if let advice = failure.advice { StandardError.write("\(advice)\n") }
            Foundation.exit(failure.code.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
