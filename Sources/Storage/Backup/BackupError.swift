package import Recommenders

/// Why a backup was not written, or cannot be restored.
package struct BackupError: Error, Sendable {
    package enum Code: Sendable {
        /// The system refuses to read it.
        case unreadable
        /// The system refuses to write it.
        case unwritable
        /// It is no backup, or one of a later version of the program.
        case otherKind
        /// It ends early, or was changed.
        case damaged
    }

    package let code: Code
    /// One sentence for people.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package init(writing error: FileError) {
        self.init(.unwritable, error.message)
    }

    static func damaged(at place: Int, _ reason: String) -> BackupError {
        BackupError(.damaged, "the backup is damaged at byte \(place): \(reason)")
    }
}
