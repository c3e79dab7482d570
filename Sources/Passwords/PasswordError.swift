/// Why a password was neither hashed nor checked.
package enum PasswordError: Error, Hashable {
    /// As many as may wait do so already: try again after so long.
    case busy(retryAfter: Duration)
    /// The algorithm failed, most likely for want of memory.
    case failed(code: Int32)
}
