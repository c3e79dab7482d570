/// What can go wrong between us and Redis.
package struct StorageError: Error {
    /// The kinds of failure; `rawValue` is the metric label.
    package enum Code: String, Sendable, CaseIterable {
        /// No connection could be made.
        case connectionFailed = "connection_failed"
        /// The connection broke, or the answer did not come in time: whether a write took effect is unknown.
        case connectionLost = "connection_lost"
        /// Redis is up but cannot do it now: LOADING, OOM, READONLY, MISCONF, BUSY, MASTERDOWN, NOREPLICAS, TRYAGAIN, CLUSTERDOWN.
        case unavailable
        /// Redis refuses and will refuse again: WRONGTYPE, ERR, NOAUTH, NOPERM.
        case rejected
        /// The user has as many live ratings as are kept of one.
        case profileFull = "profile_full"
        /// The user was removed for good, and nothing is kept of the update.
        case userRemoved = "user_removed"
        /// What is stored is not what we write.
        case corrupted
        /// We are shutting down.
        case closed

        package var isAnswer: Bool { self == .profileFull || self == .userRemoved }
    }

    package let code: Code
    /// For people; never holds a password or a user's data.
    package let message: String
    /// The first word of Redis' own error reply ("OOM"), when there was one.
    package let reply: String?

    package init(_ code: Code, _ message: String, reply: String? = nil) {
        self.code = code
        self.message = message
        self.reply = reply
    }

    /// Whether it says something of the user, and not of how we fare: an answer, and nothing for an operator to look at.
    package var isAnswer: Bool { code.isAnswer }

    /// Whether the same call may succeed later without anybody mending anything.
    package var isRetriable: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .unavailable: true
        case .rejected, .profileFull, .userRemoved, .corrupted, .closed: false
        }
    }
}

extension StorageError: CustomStringConvertible {
    package var description: String { "\(code.rawValue): \(message)" }
}
