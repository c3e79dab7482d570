import ArgumentParser
import Messaging
import ServiceRuntime

/// Everything about one dead letter.
struct ShowDeadLetterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a dead letter.")

    @Argument(help: "Its id, as the list has it.")
    var id: String

    @OptionGroup var options: OutputOptions

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let scan = DeadLetterScan(configuration: try Settings.rabbitMQ(), filter: DeadLetterFilter(ids: [id]), limit: 1)
        var found: DeadLetter?
        _ = try await scan.run { letters, _ in found = letters.first }
        guard let found else {
            throw CommandFailure(
                .unusable, "there is no dead letter \(id)", advice: "kindred jobs dead list shows what there is.")
        }
        let view = DeadLetterView(letter: found)
        print(options.isJSON ? view.json.description : view.text)
    }
}
