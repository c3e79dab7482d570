import Glibc

/// Why a generation was not made, in words for people.
package struct DataFolderError: Error, Equatable, CustomStringConvertible {
    package let message: String
    /// What to do about it.
    package let advice: String

    static let room = "Make sure that you may write there, and that the disk has room."

    init(_ message: String, advice: String) {
        self.message = message
        self.advice = advice
    }

    /// What the system answered last.
    static func system(_ attempt: String, _ path: String) -> DataFolderError {
        DataFolderError("cannot \(attempt) \(path): \(String(cString: strerror(errno)))", advice: room)
    }

    package var description: String { message }
}
