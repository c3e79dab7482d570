import Foundation

/// Where errors and progress go, so that standard output holds nothing but the outcome.
enum StandardError {
    static func write(_ text: String) {
        // A reader that is gone is no reason to fail.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// How wide the terminal is; 80 when it does not say.
    static var columnCount: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
