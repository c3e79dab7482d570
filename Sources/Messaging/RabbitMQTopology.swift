import Jobs
import ServiceRuntime

/// The exchanges, queues and bindings that we use, and the only place that spells their names and arguments.
///
/// ```
/// ratings ─fanout─┬─ ratings.apply          what workers carry out
///                 └─ ratings.log            a stream: what was said in the last days, for whoever reads along
/// recommend ─interactive── recommend.interactive
/// dead ─fanout── jobs.dead                  what nobody could do, for people to look at
/// ```
/// A full queue refuses (`reject-publish`) instead of forgetting its oldest, so that who published knows. Dead letters leave their
/// queue only once `jobs.dead` has them (`at-least-once`, which needs `reject-publish`).
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

    let exchanges: [Exchange]
    let queues: [Queue]
    let bindings: [Binding]
    /// What workers consume, in no order of importance.
    let workQueues: [String]
    let deadQueue: String
    private let ratingsRoute: Route
    private let recommendRoute: Route

    init(_ configuration: RabbitMQConfiguration) {
        func named(_ name: String) -> String { configuration.prefix + name }
        let ratings = named("ratings")
        let recommend = named("recommend")
        let dead = named("dead")
        let apply = named("ratings.apply")
        let log = named("ratings.log")
        let interactive = named("recommend.interactive")
        let deadJobs = named("jobs.dead")

        exchanges = [
            Exchange(name: dead, type: "fanout"),
            Exchange(name: ratings, type: "fanout"),
            Exchange(name: recommend, type: "direct"),
        ]
        queues = [
            Queue(name: deadJobs, arguments: [("x-queue-type", "quorum")]),
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
        ]
        bindings = [
            Binding(queue: deadJobs, exchange: dead, routingKey: ""),
            Binding(queue: apply, exchange: ratings, routingKey: ""),
            Binding(queue: log, exchange: ratings, routingKey: ""),
            Binding(queue: interactive, exchange: recommend, routingKey: "interactive"),
        ]
        workQueues = [apply, interactive]
        deadQueue = deadJobs
        ratingsRoute = Route(exchange: ratings, routingKey: "")
        recommendRoute = Route(exchange: recommend, routingKey: "interactive")
    }

    /// Where a job of this kind is published.
    func route(for kind: JobKind) -> Route {
        switch kind {
        case .ratings: ratingsRoute
        case .recommendations: recommendRoute
        }
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
    case table([(key: String, value: RabbitMQValue)])

    init(stringLiteral value: String) { self = .string(value) }
}
