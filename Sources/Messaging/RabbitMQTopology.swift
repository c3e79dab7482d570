import Jobs
import ServiceRuntime

/// The exchanges, queues and bindings that we use, and the only place that spells their names and arguments.
///
/// ```
/// ratings ─fanout─┬─ ratings.apply          what workers carry out
///                 └─ ratings.log            a stream: what was said in the last days, for whoever reads along
/// recommend ─direct─┬─ recommend.interactive    what somebody waits for
///                   └─ recommend.batch          what nobody waits for
/// dead ─fanout─┬─ jobs.dead                 what nobody could do, for people to look at
///              └─ jobs.obituaries           the same, for workers, who write down that these jobs have failed
/// ```
/// A full work queue refuses (`reject-publish`) instead of forgetting its oldest, so that who published knows. Dead letters leave their
/// queue only once `jobs.dead` has them (`at-least-once`, which needs `reject-publish`). Obituaries may be forgotten, oldest first: a
/// full queue of them must not keep dead letters from `jobs.dead`.
///
/// The arguments of a queue that exists cannot be changed. What is new is a queue of its own beside the others.
struct RabbitMQTopology: Sendable {
    struct Exchange: Sendable {
        let name: String
        let type: String
    }

    struct Queue: Sendable {
        let name: String
        let arguments: [(key: String, value: RabbitMQValue)]
    }

    struct Binding: Sendable {
        let queue: String
        let exchange: String
        let routingKey: String
    }

    struct Route: Sendable {
        let exchange: String
        let routingKey: String
    }

    /// How often an obituary is delivered again before it is forgotten.
    static let obituaryDeliveryLimit = 20
    private static let maximumObituaries = 100_000

    let exchanges: [Exchange]
    let queues: [Queue]
    let bindings: [Binding]
    /// What workers consume, in no order of importance: the work, then the obituaries.
    let consumedQueues: [String]
    let obituaryQueue: String
    let deadQueue: String
    let logQueue: String
    private let prefix: String

    init(_ configuration: RabbitMQConfiguration) {
        func named(_ name: String) -> String { configuration.prefix + name }
        let ratings = named("ratings")
        let recommend = named("recommend")
        let dead = named("dead")
        let apply = named(Self.workQueue(for: .ratings, in: .interactive))
        let log = named("ratings.log")
        let interactive = named(Self.workQueue(for: .recommendations, in: .interactive))
        let batch = named(Self.workQueue(for: .recommendations, in: .batch))
        let deadJobs = named("jobs.dead")
        let obituaries = named("jobs.obituaries")

        exchanges = [
            Exchange(name: dead, type: "fanout"),
            Exchange(name: ratings, type: "fanout"),
            Exchange(name: recommend, type: "direct"),
        ]
        queues = [
            Queue(name: deadJobs, arguments: [("x-queue-type", "quorum")]),
            Queue(
                name: obituaries,
                arguments: [
                    ("x-queue-type", "quorum"),
                    ("x-delivery-limit", .integer(Int64(Self.obituaryDeliveryLimit))),
                    ("x-max-length", .integer(Int64(Self.maximumObituaries))),
                    ("x-overflow", "drop-head"),
                ]),
            Self.workQueue(apply, of: .ratings, maximumLength: configuration.maximumRatingJobs, deadLetters: dead),
            Queue(
                name: log,
                arguments: [
                    ("x-queue-type", "stream"),
                    ("x-max-age", .string(configuration.logRetention)),
                    ("x-max-length-bytes", .integer(Int64(configuration.logByteCount))),
                ]),
            Self.workQueue(
                interactive, of: .recommendations, maximumLength: configuration.maximumRecommendationJobs, deadLetters: dead),
            Self.workQueue(batch, of: .recommendations, maximumLength: configuration.maximumBatchJobs, deadLetters: dead),
        ]
        bindings = [
            Binding(queue: deadJobs, exchange: dead, routingKey: ""),
            Binding(queue: obituaries, exchange: dead, routingKey: ""),
            Binding(queue: apply, exchange: ratings, routingKey: ""),
            Binding(queue: log, exchange: ratings, routingKey: ""),
            Binding(queue: interactive, exchange: recommend, routingKey: JobLane.interactive.rawValue),
            Binding(queue: batch, exchange: recommend, routingKey: JobLane.batch.rawValue),
        ]
        consumedQueues = [apply, interactive, batch, obituaries]
        obituaryQueue = obituaries
        deadQueue = deadJobs
        logQueue = log
        prefix = configuration.prefix
    }

    /// Where a job of this kind and lane is published. Ratings know no lanes.
    func route(for kind: JobKind, in lane: JobLane) -> Route {
        switch kind {
        case .ratings: Route(exchange: prefix + "ratings", routingKey: "")
        case .recommendations: Route(exchange: prefix + "recommend", routingKey: lane.rawValue)
        }
    }

    /// The name of the queue where such jobs wait, without a prefix.
    static func workQueue(for kind: JobKind, in lane: JobLane) -> String {
        switch kind {
        case .ratings: "ratings.apply"
        case .recommendations: "recommend.\(lane.rawValue)"
        }
    }

    /// A queue's name as it is without the configured prefix.
    func withoutPrefix(_ queue: String) -> String {
        queue.hasPrefix(prefix) ? String(queue.dropFirst(prefix.count)) : queue
    }

    private static func workQueue(_ name: String, of kind: JobKind, maximumLength: Int, deadLetters: String) -> Queue {
        Queue(
            name: name,
            arguments: [
                ("x-queue-type", "quorum"),
                ("x-delivery-limit", .integer(Int64(kind.deliveryLimit))),
                ("x-max-length", .integer(Int64(maximumLength))),
                ("x-overflow", "reject-publish"),
                ("x-dead-letter-exchange", .string(deadLetters)),
                ("x-dead-letter-strategy", "at-least-once"),
            ])
    }
}

/// A value in a table of arguments, as far as we use them.
enum RabbitMQValue: Sendable, ExpressibleByStringLiteral {
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    /// AMQP counts whole seconds.
    case timestamp(Timestamp)
    case table([(key: String, value: RabbitMQValue)])

    init(stringLiteral value: String) { self = .string(value) }
}
