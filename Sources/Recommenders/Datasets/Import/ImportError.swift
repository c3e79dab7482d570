/// Why a data set was not imported.
package struct ImportError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A file or the folder is not there.
        case missingFile
        /// It is there and cannot be read, or is no such file at all.
        case unreadable
        /// More rows than allowed say something impossible.
        case badRows
        /// The columns, the separator or the form of a file cannot be told, or are not there.
        case unknownForm
        /// The ratings are on no scale that can be kept.
        case noScale
        /// Nothing is left to recommend from.
        case noRatings
        /// More users, items or ratings than 32-bit indices can number.
        case tooLarge
        /// The outcome cannot be written.
        case unwritable
    }

    package let code: Code
    /// One sentence, with the file and, where there is one, the line.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: FileError) {
        self.init(error.isMissingFile ? .missingFile : .unreadable, error.message)
    }

    package var description: String { message }
}
