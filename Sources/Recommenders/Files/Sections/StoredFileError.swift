/// Why a file of ours was not read or written.
package struct StoredFileError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case missingFile
        /// The system refuses to open or map it.
        case unreadable
        /// A file of another kind.
        case otherKind
        /// Written by another version of the program.
        case otherVersion
        /// It ends too early.
        case truncated
        /// A checksum differs, or something in it cannot be.
        case damaged
        /// A model that was trained on another ratings file.
        case otherRatings
        /// The system refuses to write it: no space, no permission.
        case unwritable
    }

    package let code: Code
    /// One sentence for people, with the section and what to do.
    package let message: String

    init(_ code: Code, _ message: String, cure: String? = nil) {
        self.code = code
        self.message = cure.map { "\(message); \($0)" } ?? message
    }

    init(reading error: FileError) {
        self.init(error.isMissingFile ? .missingFile : .unreadable, error.message)
    }

    init(writing error: FileError) {
        self.init(.unwritable, error.message)
    }

    static func truncated(_ kind: SectionFileKind, at byteCount: Int) -> StoredFileError {
        StoredFileError(.truncated, "the \(kind.name) ends early, after \(byteCount) bytes", cure: kind.cure)
    }

    static func damaged(_ kind: SectionFileKind, _ part: String, _ reason: String) -> StoredFileError {
        StoredFileError(.damaged, "the \(kind.name) is damaged in its \(part): \(reason)", cure: kind.cure)
    }

    static func damaged<Section: FileSection>(_ section: Section, _ reason: String) -> StoredFileError {
        damaged(Section.kind, section.name, reason)
    }

    package var description: String { message }
}
