import ArgumentParser
import ServiceRuntime
import Storage

/// Brings back what a backup has.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Merge the live ratings of a backup into Redis.",
        discussion: """
            Of every rating the later one stays, so an old backup changes nothing that is newer, and restoring it twice changes nothing. \
            The services may go on meanwhile. A backup that is damaged or cut off is refused before anything is written.
            """)

    @Argument(help: "The file that kindred backup wrote.", completion: .file())
    var file: String

    @Flag(help: "Count what would be written, and write nothing.")
    var dryRun = false

    @OptionGroup var options: OutputOptions

    func run() async throws {
        let began = ContinuousClock.now
        let (file, writes) = (file, !dryRun)
        let summary = try await DataRole.use { storage, progress in
            try await storage.restore(from: file, writes: writes) {
                progress.update(writes ? "Restoring" : "Comparing", fraction: $0)
            }
        }
        let view = RestoreView(file: file, summary: summary, isDryRun: dryRun, duration: .now - began)
        print(options.isJSON ? view.json.description : view.text)
        guard summary.full == 0 else {
            throw CommandFailure(
                .failure, "\(summary.full.grouped) profiles are full, and were left as they were",
                advice: "A live profile holds 10,000 items at most. What the backup has of these users is only there.")
        }
    }
}
