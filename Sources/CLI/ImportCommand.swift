import ArgumentParser
import Foundation
import Recommenders

/// Makes a ratings file, which all else works with, of a folder in MovieLens' form.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a ratings file of a MovieLens folder.",
        discussion: """
            The folder holds ratings.csv and movies.csv, and perhaps links.csv, as GroupLens publishes them \
            (https://grouplens.org/datasets/movielens/); the older ratings.dat and movies.dat will do as well. What stood in the \
            ratings file is replaced as a whole, and only if the import succeeds.
            """)

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The ratings file to write. (default: RATINGS_FILE, or kindred.ratings)"),
        completion: .file())
    var output: String?

    @Option(help: ArgumentHelp("How many rows that say something impossible may be left out.", valueName: "count"))
    var maxBadRows = 0

    @Option(help: "What to call the data set. (default: after the folder)")
    var name: String?

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard maxBadRows >= 0 else { throw ValidationError("--max-bad-rows is a count: 0 or more.") }
    }

    func run() throws {
        let output = output ?? Settings.ratingsFile
        let began = ContinuousClock.now
        var display = ProgressDisplay(label: "Reading")
        defer { display.end() }
        let imported: ImportedDataset
        do {
            imported = try MovieLensReader(maximumBadRows: maxBadRows)
                .read(folder: folder, name: name) { display.update(fraction: $0.fraction) }
        } catch {
            display.end()
            throw CommandFailure(error)
        }
        do {
            try RatingsFileWriter.write(imported.dataset, to: output)
        } catch {
            display.end()
            throw CommandFailure(error)
        }
        display.end()
        let summary = ImportSummary(
            dataset: imported.dataset.name, output: output, report: imported.report, duration: .now - began)
        print(options.isJSON ? summary.json.description : summary.text)
    }
}

extension CommandFailure {
    init(_ error: ImportError) {
        let advice: String
        switch error.code {
        case .missingFile:
            advice = "Name the folder that holds ratings.csv and movies.csv, or make one to try with: kindred sample FOLDER"
        case .unreadable: advice = "Make sure that it is a file as GroupLens publishes it, and that you may read it."
        case .badRows: advice = "Mend the row, or have some left out with --max-bad-rows."
        case .noRatings: advice = "Make sure that ratings.csv has more than its heading."
        case .tooLarge: advice = "Leave out users or items that have few ratings."
        case .unwritable: advice = "Make sure that the folder is there, that you may write to it, and that the disk has room."
        }
        self.init(error.code == .unwritable ? .failure : .unusable, error.message, advice: advice)
    }

    init(_ error: StoredFileError) {
        let advice: String
        switch error.code {
        case .missingFile:
            advice = "Make it with: kindred import FOLDER --output FILE. Or say where it is with --ratings or RATINGS_FILE."
        case .unreadable: advice = "Make sure that it is a file that you may read."
        case .otherKind, .otherVersion, .truncated, .damaged, .otherRatings:
            advice = "Make a ratings file with: kindred import FOLDER --output FILE. Make models with: kindred train"
        case .unwritable: advice = "Make sure that the folder is there, that you may write to it, and that the disk has room."
        }
        self.init(error.code == .unwritable ? .failure : .unusable, error.message, advice: advice)
    }
}
