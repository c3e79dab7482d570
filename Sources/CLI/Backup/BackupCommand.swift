import ArgumentParser
import ServiceRuntime
import Storage

/// Copies everything that cannot be made again into a file.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write all live ratings and accounts from Redis to a file.",
        discussion: """
            The services may go on meanwhile. FILE is replaced once the backup is complete, never before. Jobs, lists and sessions are not in \
            it: they end by themselves, or are made again.

            Redis is looked for where the services look for it: REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and so on.
            """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @OptionGroup var options: OutputOptions

    func run() async throws {
        let began = ContinuousClock.now
        let file = file
        let summary = try await DataRole.use { storage, progress in
            try await storage.backUp(to: file) { progress.update("Copying", fraction: $0) }
        }
        let view = BackupView(file: file, summary: summary, duration: .now - began)
        print(options.isJSON ? view.json.description : view.text)
        guard summary.unreadable == 0 else {
            throw CommandFailure(
                .failure, "\(summary.unreadable.grouped) keys were left out, because they hold what Kindred does not write",
                advice: "The backup has all the others. Did somebody else write to this Redis?")
        }
    }
}
