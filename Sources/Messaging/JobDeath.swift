import Jobs

/// How a job became a dead letter, as whoever writes its obituary needs to know it.
package struct JobDeath: Hashable, Sendable {
    /// Why the queue let go of it, by RabbitMQ's names.
    package enum Reason: Hashable, Sendable {
        /// It came back more often than its queue allows: most likely its workers died of it.
        case deliveryLimit
        /// A worker said that nobody can do it, and has written down why.
        case rejected
        /// Anything else that a broker may say.
        case other(String)
    }

    package let reason: Reason
    /// The work queue it died in, without the configured prefix; empty when the broker does not say.
    package let queue: String
    /// How often it was delivered there, as far as that is known: exactly after `.deliveryLimit`, once or more otherwise.
    package let deliveries: Int

    package init(reason: Reason, queue: String, deliveries: Int) {
        self.reason = reason
        self.queue = queue
        self.deliveries = deliveries
    }
}

extension JobDeath.Reason {
    /// What RabbitMQ writes into `x-death`.
    package var name: String {
        switch self {
        case .deliveryLimit: "delivery_limit"
        case .rejected: "rejected"
        case .other(let name): name
        }
    }

    package init(name: String) {
        self =
            switch name {
            case "delivery_limit": .deliveryLimit
            case "rejected": .rejected
            default: .other(name)
            }
    }
}
