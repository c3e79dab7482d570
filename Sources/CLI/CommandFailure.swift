import ServiceRuntime

/// Why a command ends without its outcome, in words for the person who called it.
struct CommandFailure: Error, Equatable {
    /// The exit codes besides 0 and the parser's own 64.
    enum Code: Int32 {
        /// A server or the disk refused; the same command may succeed later.
        case failure = 1
        /// What was asked for is not there, or what was given cannot be used.
        case unusable = 2
    }

    let code: Code
    let message: String
    /// What to do about it.
    let advice: String?

    init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    init(_ error: ConfigurationError) {
        self.init(.unusable, "\(error.variable) \(error.problem)", advice: error.advice)
    }
}
