import Metrics

/// The names of the metrics, each made once.
enum MessagingMetrics {
    /// How an `enqueue` ended: `confirmed`, or the error's code.
    static func published(_ error: MessagingError.Code?) -> Counter {
        error.flatMap { failedPublishes[$0] } ?? confirmedPublishes
    }

    /// From the call to the confirm, or to the error.
    static let publishDuration = Timer(label: "kindred_publish_duration_seconds")

    /// How an attempt to connect ended: `connected`, or the error's code.
    static func connected(as role: RabbitMQRole, _ error: MessagingError.Code?) -> Counter {
        Counter(
            label: "kindred_rabbitmq_connects_total",
            dimensions: [("role", role.rawValue), ("outcome", error?.rawValue ?? "connected")])
    }

    private static let confirmedPublishes = publishes("confirmed")
    private static let failedPublishes = Dictionary(
        uniqueKeysWithValues: MessagingError.Code.allCases.map { ($0, publishes($0.rawValue)) })

    private static func publishes(_ outcome: String) -> Counter {
        Counter(label: "kindred_publishes_total", dimensions: [("outcome", outcome)])
    }
}

/// What is counted of one queue.
struct QueueMetrics {
    let deliveries: Counter
    /// Messages that were no jobs of ours.
    let undecodable: Counter

    init(queue: String) {
        deliveries = Counter(label: "kindred_deliveries_total", dimensions: [("queue", queue)])
        undecodable = Counter(label: "kindred_undecodable_deliveries_total", dimensions: [("queue", queue)])
    }
}

/// What a connection is for.
enum RabbitMQRole: String, Sendable {
    case publisher, consumer, inspector, reader
}
