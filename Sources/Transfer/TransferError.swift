/// Why data could not be brought from or to another place, in words for people.
package struct TransferError: Error, Equatable {
    /// What it comes down to.
    package enum Code: String, Sendable {
        /// What was asked for is not there.
        case missing
        /// The other side could not be reached, or is not able to answer just now. The same again may succeed.
        case unreachable
        /// The other side says no.
        case refused
        /// What came is not what the manifest says, or no manifest of ours.
        case damaged
        /// This machine's disk.
        case disk
        /// What was asked for makes no sense.
        case unusable
    }

    package let code: Code
    package let message: String
    /// What to do about it.
    package let advice: String

    package var isRetriable: Bool { code == .unreachable }

    init(_ code: Code, _ message: String, advice: String) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    static let nothingThere = "Has anything been published there? kindred data upload does that."
    static let room = "Make sure that you may write there, and that the disk has room."
}
