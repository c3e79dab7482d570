import ArgumentParser
import Foundation
import Recommenders

/// Writes a made-up data set, for those who have none at hand.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write a made-up data set to try things with.",
        discussion: """
            The folder, which is made if need be, gets ratings.csv and movies.csv in MovieLens' form. The same seed and sizes give \
            the same files everywhere.
            """)

    static let userRange = 1...200_000
    static let itemRange = 60...20_000

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("How many people rate.", valueName: "count"))
    var users = 300

    @Option(help: ArgumentHelp("How many films there are, 60 or more.", valueName: "count"))
    var items = 400

    @Option(help: ArgumentHelp("Another number gives another data set.", valueName: "number"))
    var seed = SampleDataset.defaultSeed

    @Flag(help: "Let tastes, fashions and films change over two years, for trying what evaluate --online shows.")
    var drift = false

    @Flag(help: "Replace the files of a folder that has some.")
    var force = false

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard Self.userRange.contains(users) else {
            throw ValidationError("--users is \(users); it may be \(Self.userRange.lowerBound) to \(Self.userRange.upperBound).")
        }
        guard Self.itemRange.contains(items) else {
            throw ValidationError("--items is \(items); it may be \(Self.itemRange.lowerBound) to \(Self.itemRange.upperBound).")
        }
    }

    func run() throws {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        let known = ["ratings.csv", "movies.csv"].first { FileManager.default.fileExists(atPath: prefix + $0) }
        if let known, !force {
            throw CommandFailure(
                .unusable, "\(prefix)\(known) is there already", advice: "Name another folder, or replace the files with --force."
            )
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                .failure, "cannot make the folder \(folder): \(error.localizedDescription)",
                advice: "Make sure that no file is in its place and that you may write there.")
        }
        do {
            let sample =
                drift
                ? SampleDataset(driftingWithSeed: seed, users: users, items: items)
                : SampleDataset(seed: seed, users: users, items: items)
            try sample.write(toFolder: folder)
        } catch {
            throw CommandFailure(error)
        }
        if options.isJSON {
            let outcome: JSON = [
                "folder": .string(folder), "users": .integer(users), "items": .integer(items), "seed": .string("\(seed)"),
            ]
            print(outcome)
        } else {
            print("\(users.grouped) people and \(items.grouped) films are in \(folder.onOneLine).")
            print("Next: kindred import \(folder.onOneLine)")
        }
    }
}
