import ArgumentParser
import Foundation

/// Breaks what a Kindred runs on, and finds out whether it kept its promises.
@main struct FaultTests: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kindred-faults",
        abstract: "Break what Kindred runs on, and find out whether it keeps its promises.",
        discussion: """
            Each scenario prints one line; see docs/faults.md for how to read it. The exit code is 1 when a promise was broken. \
            Gateways, workers, RabbitMQ and Redis are started on free ports of this machine, in a folder that is removed at the end.
            """)

    @Argument(help: "Which scenarios; all that fit when none is named.")
    var scenarios: [String] = []

    @Option(help: "The same seed gives the same load and the same faults.")
    var seed: UInt64 = 1

    @Option(help: "How long the monkey plays.")
    var minutes = 10.0

    @Flag(help: "Every scenario in its short form: about a minute in all.")
    var short = false

    @Flag(help: "Name the scenarios and end.")
    var list = false

    @Option(help: "Where kindred, kindred-gateway and kindred-worker are; beside this program when not given.")
    var programs: String?

    @Flag(help: "Leave the folder with all logs.")
    var keep = false

    func validate() throws {
        for name in scenarios where !Scenario.all.contains(where: { $0.name == name }) {
            throw ValidationError("there is no scenario \(name); --list names them")
        }
    }

    func run() throws {
        if list {
            for scenario in Scenario.all { print("\(scenario.name): \(scenario.summary)") }
            return
        }
        let folder = FileManager.default.temporaryDirectory.path + "/kindred-faults-\(UUID().uuidString.prefix(8))"
        try FileText.makeFolder(folder)
        Interruption.handle(removing: folder)
        let isSound = try play(in: folder)
        if keep { print("The logs are in \(folder).") }
        Interruption.cleanUp(keepingFolder: keep)
        if !isSound { throw ExitCode.failure }
    }

    private func play(in folder: String) throws -> Bool {
        let stage = try Stage(
            folder: folder, programFolder: programs ?? Self.ownFolder, seed: seed, isShort: short, minutes: minutes)
        var isSound = true
        for scenario in Scenario.all where scenarios.isEmpty ? !short || scenario.isInShortRun : scenarios.contains(scenario.name)
        {
            fflush(nil)
            if let reason = scenario.needs() {
                print("left   \(scenario.name): \(reason)")
                continue
            }
            do {
                let began = ContinuousClock.now
                var verdict = try scenario.run(stage)
                verdict.add("took_s", (.now - began).seconds)
                print(verdict.line(scenario.name, seed: seed))
                for failure in verdict.failures { print("       broken: \(failure)") }
                if !verdict.failures.isEmpty { for note in verdict.findings.notes.prefix(8) { print("       \(note)") } }
                isSound = isSound && verdict.failures.isEmpty
            } catch {
                print("FAILED \(scenario.name): \(error)")
                isSound = false
            }
        }
        return isSound
    }

    private static var ownFolder: String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path(percentEncoded: false)
    }
}
