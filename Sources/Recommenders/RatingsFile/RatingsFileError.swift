/// Why a ratings file was not read or written.
package struct RatingsFileError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case missingFile
        /// The system refuses to open or map it.
        case unreadable
        case notARatingsFile
        /// Written by another version of the program.
        case otherVersion
        /// It ends too early.
        case truncated
        /// A checksum differs, or something in it cannot be.
        case damaged
        /// The system refuses to write it: no space, no permission.
        case unwritable
    }

    package let code: Code
    /// One sentence for people, with the section and what to do.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        let isCured = code == .notARatingsFile || code == .otherVersion || code == .truncated || code == .damaged
        self.message = isCured ? message + "; import the data set again" : message
    }

    init(reading error: FileError) {
        self.init(error.isMissingFile ? .missingFile : .unreadable, error.message)
    }

    init(writing error: FileError) {
        self.init(.unwritable, error.message)
    }

    static func truncated(at byteCount: Int) -> RatingsFileError {
        RatingsFileError(.truncated, "the ratings file ends early, after \(byteCount) bytes")
    }

    static func damaged(_ part: String, _ reason: String) -> RatingsFileError {
        RatingsFileError(.damaged, "the ratings file is damaged in its \(part): \(reason)")
    }

    static func damaged(_ section: RatingsFileSection, _ reason: String) -> RatingsFileError {
        damaged(section.name, reason)
    }

    package var description: String { message }
}
