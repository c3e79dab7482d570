import ArgumentParser
import Recommenders

/// What `kindred import` is told of a table of ratings.
struct TableArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The column of users: its name in the header, or its number from 1.", valueName: "column"))
    var userColumn: String?

    @Option(help: ArgumentHelp("The column of items.", valueName: "column"))
    var itemColumn: String?

    @Option(
        help: ArgumentHelp(
            "The column of ratings; none if a row only says that the user chose the item.", valueName: "column"))
    var ratingColumn: String?

    @Option(
        help: ArgumentHelp(
            "The column of times: seconds or milliseconds since 1970, or ISO 8601 dates; none for none.", valueName: "column"))
    var timestampColumn: String?

    @Option(
        help: ArgumentHelp(
            "What stands between two fields: comma, tab, semicolon, pipe, spaces or two-colons. (default: as the rows show)"),
        transform: Self.separator)
    var separator: Separator?

    @Option(
        help: ArgumentHelp(
            "What ratings may be: MINIMUM:MAXIMUM:STEP, or counts for numbers of times. (default: as the ratings show)"),
        transform: Self.scale)
    var scale: ScaleChoice?

    @Option(
        name: .customLong("items"),
        help: ArgumentHelp(
            "A table that tells what the items are, with a header: id, title, year, genres (with | between them).",
            valueName: "file"),
        completion: .file())
    var itemsPath: String?

    @Option(help: ArgumentHelp("What one item is called: product, artist, book … (default: item)", valueName: "name"))
    var itemKind: String?

    /// The options that were given and mean something in no other form than `format`'s, as they are written.
    func misplaced(in format: DatasetFormat) -> [String] {
        if format == .table { return [] }
        var given: [String] = []
        if userColumn != nil { given.append("--user-column") }
        if itemColumn != nil { given.append("--item-column") }
        if ratingColumn != nil { given.append("--rating-column") }
        if timestampColumn != nil { given.append("--timestamp-column") }
        if separator != nil { given.append("--separator") }
        if scale != nil { given.append("--scale") }
        if itemsPath != nil { given.append("--items") }
        if itemKind != nil && format != .lists { given.append("--item-kind") }
        return given
    }

    var tableOptions: TableOptions {
        var table = TableOptions()
        table.userColumn = userColumn
        table.itemColumn = itemColumn
        table.ratingColumn = ratingColumn
        table.timestampColumn = timestampColumn
        table.separator = separator
        table.scale = scale ?? .detected
        table.itemsPath = itemsPath
        if let itemKind { table.itemKind = itemKind }
        return table
    }

    /// By name, or as it stands in the file.
    static func separator(_ text: String) throws -> Separator {
        let signs: [String: Separator] = [
            ",": .comma, "\t": .tab, "\\t": .tab, ";": .semicolon, "|": .pipe, " ": .spaces, "space": .spaces, "::": .twoColons,
        ]
        if let separator = Separator(rawValue: text) ?? signs[text] { return separator }
        let names = Separator.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--separator is one of \(names), not \(text).")
    }

    static func scale(_ text: String) throws -> ScaleChoice {
        if text == "counts" { return .counts }
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 3, let minimum = numbers[0], let maximum = numbers[1], let step = numbers[2],
            let scale = RatingScale(minimum: minimum, maximum: maximum, step: step)
        else {
            throw ValidationError(
                "--scale is MINIMUM:MAXIMUM:STEP with 1 to 255 places, like 1:5:0.5, or counts; \(text) is neither.")
        }
        return .places(scale)
    }
}

extension DatasetFormat: ExpressibleByArgument {
    /// For people.
    var title: String {
        switch self {
        case .movielens: "a MovieLens folder"
        case .lastfm: "a Last.fm folder"
        case .table: "a table of ratings"
        case .lists: "a file of lists"
        }
    }
}
