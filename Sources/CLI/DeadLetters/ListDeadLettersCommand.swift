import ArgumentParser
import Messaging
import ServiceRuntime

/// A table of dead letters.
struct ListDeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List dead letters.",
        discussion: "A hundred at most, unless --limit or --all says otherwise.")

    private static let usualLimit = 100

    @OptionGroup var selection: DeadLetterSelection
    @OptionGroup var options: OutputOptions

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let limit = selection.limit ?? (selection.all ? nil : Self.usualLimit)
        let scan = DeadLetterScan(configuration: try Settings.rabbitMQ(), filter: selection.filter(), limit: limit)
        var views: [DeadLetterView] = []
        let summary = try await scan.run { letters, _ in views += letters.map(DeadLetterView.init) }
        if options.isJSON {
            let json: JSON = [
                "deadLetters": .array(views.map(\.json)), "total": .integer(summary.total), "scanned": .integer(summary.scanned),
            ]
            return print(json)
        }
        if !views.isEmpty {
            var table = Table(columns: DeadLetterView.columns)
            for view in views { table.add(view.row) }
            print(table.text)
        }
        print(Self.summary(summary))
    }

    static func summary(_ summary: DeadLetterScan.Summary) -> String {
        guard summary.total > 0 else { return "There are no dead letters." }
        let rest = summary.total - summary.scanned
        return "\(summary.matched.grouped) of \(summary.scanned.grouped) dead letters"
            + (rest > 0 ? "; \(rest.grouped) more were not looked at" : "")
    }
}
