import Logging
import Metrics
import ServiceRuntime

/// When a lost connection is tried again, and what is said about it.
struct Redial {
    private let role: RabbitMQRole
    private let logger: Logger
    private var backoff = Backoff()
    private(set) var at = ContinuousClock.now

    init(_ configuration: RabbitMQConfiguration, as role: RabbitMQRole, logger: Logger) {
        self.role = role
        var logger = logger
        logger[metadataKey: LogKey.role] = "\(role.rawValue)"
        logger[metadataKey: LogKey.host] = "\(configuration.host)"
        logger[metadataKey: LogKey.port] = "\(configuration.port)"
        self.logger = logger
    }

    mutating func connected() {
        backoff.reset()
        MessagingMetrics.connected(as: role, nil).increment()
        logger.info("Connected to RabbitMQ")
    }

    mutating func failed(_ error: MessagingError) {
        MessagingMetrics.connected(as: role, error.code).increment()
        postpone("Could not connect to RabbitMQ", error)
    }

    mutating func lost(_ error: MessagingError) {
        postpone("Lost the connection to RabbitMQ", error)
    }

    private mutating func postpone(_ message: Logger.Message, _ error: MessagingError) {
        let delay = backoff.next()
        at = .now + delay
        logger.warning(message, metadata: [LogKey.error: "\(error)", LogKey.delay: "\(delay)"])
    }
}
