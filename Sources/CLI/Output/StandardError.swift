import Foundation

/// Where errors and progress go, so that standard output holds nothing but the outcome.
enum StandardError {
    static func write(_ text: String) {
        // A reader that is gone is no reason to fail.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
