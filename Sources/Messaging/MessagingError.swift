/// What can go wrong between us and RabbitMQ.
package struct MessagingError: Error {
    /// The kinds of failure; `rawValue` is the metric label.
    package enum Code: String, Sendable, CaseIterable {
        /// No connection to the broker.
        case disconnected
        /// The broker did not confirm in time: whether it has the message is unknown.
        case timedOut = "timed_out"
        /// The broker refused the message: a queue is full.
        case refused
        /// The broker takes no messages at present: a memory or disk alarm (`connection.blocked`).
        case blocked
        /// Too many messages wait for a confirm already.
        case overloaded
        /// No queue is bound where the message was sent.
        case unroutable
        /// The broker's exchanges or queues are not as we declare them, or are missing.
        case topologyMismatch = "topology_mismatch"
        /// User, password or permission was refused.
        case accessRefused = "access_refused"
        /// The broker's certificate cannot be trusted, or the files to do so (or to be trusted) are unusable.
        case untrusted
        /// The message is not one of ours.
        case malformed
        /// We are shutting down.
        case closed

        /// Whether trying again does not help until a person has changed something.
        var needsPerson: Bool {
            switch self {
            case .accessRefused, .untrusted, .topologyMismatch: true
            case .disconnected, .timedOut, .refused, .blocked, .overloaded, .unroutable, .malformed, .closed: false
            }
        }
    }

    package let code: Code
    /// For people; never holds a password or a user's data.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension MessagingError: CustomStringConvertible {
    package var description: String { "\(code.rawValue): \(message)" }
}
