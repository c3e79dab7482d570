import ArgumentParser
import Foundation
import Generations
import Recommenders

/// Makes a ratings file, which all else works with, of a data set in one of several forms.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a ratings file of a data set.",
        discussion: """
            A folder is MovieLens as GroupLens publishes it (https://grouplens.org/datasets/movielens/, any release), or Last.fm of \
            HetRec 2011. A file is a table with a row for each rating, or has a line "user item item …" for each user. Of a table, \
            separator, header, columns and scale of the ratings are found out; the options say otherwise.

              kindred import ml-25m
              kindred import lastfm-2k
              kindred import interactions.txt --item-kind product
              kindred import reviews.tsv --user-column reviewer --item-column asin --rating-column stars --items products.csv
              kindred import views.csv --user-column 3 --item-column 1 --rating-column none --timestamp-column 2

            What stood in the ratings file is replaced as a whole, and only if the import succeeds. With DATA_FOLDER it becomes a new generation \
            instead.
            """)

    @Argument(help: "The folder or file.", completion: .file())
    var path: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The ratings file to write. (default: a new generation in DATA_FOLDER, or RATINGS_FILE, or kindred.ratings)"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp("The form: \(DatasetFormat.allCases.map(\.rawValue).joined(separator: ", ")). (default: as it looks)"))
    var format: DatasetFormat?

    @Option(help: ArgumentHelp("How many rows that say something impossible may be left out.", valueName: "count"))
    var maxBadRows = 0

    @Option(help: "What to call the data set. (default: after the folder or file)")
    var name: String?

    @OptionGroup(title: "Options for tables") var table: TableArguments

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard maxBadRows >= 0 else { throw ValidationError("--max-bad-rows is a count: 0 or more.") }
    }

    func run() throws {
        let importer = try importer()
        let began = ContinuousClock.now
        var display = ProgressDisplay(label: "Reading")
        defer { display.end() }
        let imported: ImportedDataset
        do {
            imported = try importer.read(path, name: name) { display.update(fraction: $0.fraction) }
        } catch {
            display.end()
            throw CommandFailure(error)
        }
        display.end()
        let output = try Publication.write(imported.dataset, to: self.output)
        let summary = ImportSummary(
            dataset: imported.dataset.name, output: output, scale: imported.dataset.scale, report: imported.report,
            duration: .now - began)
        print(options.isJSON ? summary.json.description : summary.text)
    }

    private func importer() throws -> DatasetImporter {
        let format: DatasetFormat
        if let given = self.format {
            format = given
        } else {
            do { format = try DatasetFormat(of: path) } catch { throw CommandFailure(error) }
        }
        if let misplaced = table.misplaced(in: format).first {
            let what = table.misplaced(in: format).count > 1 ? "\(misplaced) and others make" : "\(misplaced) makes"
            throw CommandFailure(
                .unusable, "\(path) is \(format.title), for which \(what) no sense",
                advice: "Leave that out, or say with --format table that the file is one.")
        }
        return DatasetImporter(format, table: table.tableOptions, maximumBadRows: maxBadRows)
    }
}

extension CommandFailure {
    init(_ error: ImportError) {
        let advice: String
        switch error.code {
        case .missingFile:
            advice = "Name a folder or file as in kindred help import, or make one to try with: kindred sample FOLDER"
        case .unreadable: advice = "Make sure that it is what its name says, and that you may read it."
        case .badRows: advice = "Mend the row, or have some left out with --max-bad-rows."
        case .unknownForm: advice = "Say what is where with --separator, --user-column, --item-column and the like, or --format."
        case .noScale: advice = "Say what the ratings may be with --scale, or leave them out with --rating-column none."
        case .noRatings: advice = "Make sure that the file of ratings has more than its heading."
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
