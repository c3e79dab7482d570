import ArgumentParser
import Foundation
import Messaging
import ServiceRuntime

/// Forgets dead letters for good.
struct DiscardDeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Forget dead letters for good.",
        discussion:
            "A rating that is discarded here was promised to somebody; it is still in the stream for kindred ratings replay.")

    @OptionGroup var selection: DeadLetterSelection

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @OptionGroup var options: OutputOptions

    func validate() throws { try selection.demandChoice() }

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        guard yes || isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure(.unusable, "nobody is here to be asked", advice: "Say --yes to discard without being asked.")
        }
        let scan = DeadLetterScan(
            configuration: try Settings.rabbitMQ(), filter: selection.filter(), limit: selection.limit)
        var chosen: [UInt64] = []
        var discarded = 0
        // All are held until the answer is given, so that exactly those are discarded that were counted.
        let summary = try await scan.run { letters, _ in
            chosen += letters.map(\.tag)
        } atEnd: { letters in
            guard !chosen.isEmpty, yes || Self.isConfirmed(count: chosen.count) else { return }
            try await letters.discard(chosen)
            discarded = chosen.count
        }
        let json: JSON = [
            "discarded": .integer(discarded), "matched": .integer(summary.matched), "scanned": .integer(summary.scanned),
        ]
        print(
            options.isJSON
                ? json.description : "Discarded \(discarded.grouped) of \(summary.scanned.grouped) dead letters.")
    }

    private static func isConfirmed(count: Int) -> Bool {
        StandardError.write("Discard \(count.grouped) dead \(count == 1 ? "letter" : "letters") for good? [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }
}
