package import Configuration
package import ServiceRuntime

/// Where the broker is, who we are to it, and how much may be under way.
package struct RabbitMQConfiguration: Sendable {
    package var host = "127.0.0.1"
    package var port = Self.defaultPort
    /// nil for a connection that anybody on the way can read.
    package var tls: RabbitMQTLS?
    package var user = "guest"
    package var password = "guest"
    package var virtualHost = "/"
    /// Whether to declare exchanges and queues; otherwise they are only checked.
    package var declares = true
    /// Stands before the name of every exchange and queue.
    package var prefix = ""
    /// How the broker's tools name our connections; the role follows it.
    package var name = "kindred"
    package var heartbeat = Duration.seconds(10)
    package var connectTimeout = Duration.seconds(3)
    /// Unsettled deliveries per work queue.
    package var prefetch = 8
    /// Jobs sent whose confirm is not here yet.
    package var publishWindow = 256
    /// Jobs that may share a message, when there are more than the broker confirms at once.
    package var jobsPerMessage = 32
    /// Jobs that wait for a place in the window; more are refused as `.overloaded`.
    package var publishBacklog = 4096
    /// How long a caller waits for the confirm.
    package var publishTimeout = Duration.seconds(3)
    package var maximumRatingJobs = 1_000_000
    package var maximumRecommendationJobs = 10_000
    package var maximumBatchJobs = 100_000
    /// How long the ratings' stream keeps what was said, as RabbitMQ writes it.
    package var logRetention = "30D"
    package var logByteCount = 20_000_000_000

    private static let defaultPort = 5672
    private static let defaultTLSPort = 5671

    package init() {}

    /// `logRetention` as a duration; nil when it is written otherwise than `30D`, `12h` and so on.
    package var logRetentionTime: Duration? {
        let units: [Character: Int64] = ["Y": 31_536_000, "M": 2_592_000, "D": 86_400, "h": 3600, "m": 60, "s": 1]
        guard let unit = logRetention.last.flatMap({ units[$0] }), let count = Int64(logRetention.dropLast()),
            0...1_000_000 ~= count
        else { return nil }
        return .seconds(count * unit)
    }

    /// Reads the keys of the scope `rabbitmq`:
    ///
    /// - `host` (string, default `127.0.0.1`), `port` (int, default `5672`, with TLS `5671`), `virtualHost` (string, default `/`)
    /// - `tls` (bool, default `false`); with it `caFile` (path, required): the authorities that may sign the broker's certificate,
    ///   and, for a broker that asks for ours, `certificateFile` and `keyFile` (paths); all in PEM form
    /// - `user` (string, default `guest`); `password` (string, secret, default `guest`) or `passwordFile` (path)
    /// - `declare` (bool, default `true`): declare exchanges and queues; `false` only checks that they are there
    /// - `prefix` (string, default none): stands before every exchange's and queue's name
    /// - `connectionName` (string, default `kindred`): how the broker's tools name the connections
    /// - `heartbeat` (seconds, default `10`), `connectTimeout` (milliseconds, default `3000`)
    /// - `prefetch` (int, default `8`): unsettled deliveries per work queue
    /// - `jobsPerMessage` (int 1…100, default `32`): jobs that may share a message under load
    /// - `publishWindow` (int, default `256`), `publishBacklog` (int, default `4096`), `publishTimeout` (milliseconds, default `3000`)
    /// - `maximumRatingJobs` (int, default `1000000`), `maximumRecommendationJobs` (int, default `10000`), `maximumBatchJobs` (int,
    ///   default `100000`): where the queues of ratings, of recommendations that somebody waits for, and of those that nobody does, refuse
    ///   more; like the next two they are arguments of the queues, which cannot be changed once a queue exists
    /// - `logRetention` (string, default `30D`), `logByteCount` (int, default `20000000000`): what the stream of ratings keeps
    package init(reading config: ConfigReader) throws(ConfigurationError) {
        let config = config.scoped(to: "rabbitmq")
        host = config.text(forKey: "host", default: host)
        tls = try RabbitMQTLS(reading: config)
        port = try config.port(forKey: "port", default: tls == nil ? Self.defaultPort : Self.defaultTLSPort)
        virtualHost = config.text(forKey: "virtualHost", default: virtualHost)
        user = config.text(forKey: "user", default: user)
        password = try config.secret(forKey: "password") ?? password
        declares = try config.flag(forKey: "declare", default: declares)
        prefix = config.text(forKey: "prefix", default: prefix)
        name = config.text(forKey: "connectionName", default: name)
        heartbeat = try config.seconds(forKey: "heartbeat", default: heartbeat, in: .seconds(2) ... .seconds(120))
        connectTimeout = try config.milliseconds(
            forKey: "connectTimeout", default: connectTimeout, in: .milliseconds(100) ... .seconds(30))
        prefetch = try config.integer(forKey: "prefetch", default: prefetch, in: 1...2000)
        publishWindow = try config.integer(forKey: "publishWindow", default: publishWindow, in: 1...10_000)
        jobsPerMessage = try config.integer(forKey: "jobsPerMessage", default: jobsPerMessage, in: 1...100)
        publishBacklog = try config.integer(forKey: "publishBacklog", default: publishBacklog, in: 0...1_000_000)
        publishTimeout = try config.milliseconds(
            forKey: "publishTimeout", default: publishTimeout, in: .milliseconds(100) ... .seconds(60))
        maximumRatingJobs = try config.integer(
            forKey: "maximumRatingJobs", default: maximumRatingJobs, in: 1...1_000_000_000)
        maximumRecommendationJobs = try config.integer(
            forKey: "maximumRecommendationJobs", default: maximumRecommendationJobs, in: 1...1_000_000_000)
        maximumBatchJobs = try config.integer(
            forKey: "maximumBatchJobs", default: maximumBatchJobs, in: 1...1_000_000_000)
        logRetention = config.text(forKey: "logRetention", default: logRetention)
        logByteCount = try config.integer(forKey: "logByteCount", default: logByteCount, in: 1...Int.max)
    }
}
