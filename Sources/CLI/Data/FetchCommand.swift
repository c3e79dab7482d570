import ArgumentParser
import Foundation
import Transfer

/// Brings published data to this machine, once or again and again.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Bring published data here, and make it the current generation.",
        discussion: """
            Every file is compared with its digest before anything sees it. Gateways and workers with the folder as DATA_FOLDER go over to \
            what is new while they run.

              kindred data fetch --from gs://bucket/data --to /data --wait 600
              kindred data fetch --from https://data.example.org/kindred --to /data --watch 300

            A bucket is asked with the rights of the machine (its service account), or with the access token in KINDRED_DATA_TOKEN.
            """)

    @Option(help: "Where it is published: gs://bucket/path, https://host/path or file:///folder.")
    var from: String

    @Option(help: "The folder of generations here.", completion: .directory)
    var to: String

    @Option(help: ArgumentHelp("Wait so long for data that is not there yet.", valueName: "seconds"))
    var wait = 0

    @Option(
        help: ArgumentHelp(
            "Look again every so many seconds, and never end; what goes wrong is said and tried again.", valueName: "seconds"))
    var watch: Int?

    func validate() throws {
        guard 0...86400 ~= wait else { throw ValidationError("--wait is a number of seconds, 0 to 86400.") }
        guard watch.map({ 1...86400 ~= $0 }) ?? true else { throw ValidationError("--watch is a number of seconds, 1 to 86400.") }
    }

    func run() throws {
        endOnRequest()
        let download = DataDownload(from: try PublishedData.store(at: from), to: to)
        let deadline = ContinuousClock.now + .seconds(wait)
        while true {
            do throws(TransferError) {
                say(try download.run())
                guard let watch else { return }
                pause(watch)
            } catch {
                guard let watch else {
                    guard error.isRetriable || error.code == .missing, .now < deadline else { throw CommandFailure(error) }
                    tell(error)
                    pause(min(5, max(1, wait)))
                    continue
                }
                tell(error)
                pause(min(watch, 60))
            }
        }
    }

    private func say(_ outcome: DataDownload.Outcome) {
        switch outcome {
        case .unchanged(let number):
            // Nobody wants to read this every five minutes.
            if watch == nil { print("Generation \(number) is here already.") }
        case .fetched(let number, let files, let byteCount, let reused):
            let here = reused == 0 ? "" : ", \(reused) of them here already"
            print("Generation \(number) is current in \(to.onOneLine): \(files) files of \(byteCount.grouped) bytes\(here).")
        }
        fflush(nil)
    }

    private func tell(_ error: TransferError) {
        StandardError.write("Not yet: \(error.message.onOneLine)\n")
    }

    private func pause(_ seconds: Int) { Thread.sleep(forTimeInterval: Double(seconds)) }

    /// The first process of a container is not ended by a signal that it does not ask for.
    private func endOnRequest() {
        for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
    }
}
