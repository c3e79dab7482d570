/// Why a data set cannot be split as asked.
package struct SplitError: Error, Equatable {
    package enum Code: String, Sendable { case timesUnknown, shareOutOfRange, nothingHeldOut, itemOutOfRange }

    package let code: Code
    package let message: String

    static let timesUnknown = SplitError(.timesUnknown, "the data set does not say when ratings were given")

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
