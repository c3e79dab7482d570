package import Configuration
package import ServiceRuntime

/// Where Redis is and how long to wait for it.
package struct RedisConfiguration: Sendable {
    package var host = "127.0.0.1"
    package var port = 6379
    /// nil for the user called "default".
    package var user: String?
    package var password: String?
    package var database = 0
    /// Whom to ask before every dial where the master is; `host` and `port` are not used then. Empty when there are none.
    package var sentinels: [RedisAddress] = []
    /// How the sentinels call the master.
    package var sentinelMaster = "mymaster"
    package var sentinelPassword: String?
    /// How the connection calls itself in `CLIENT LIST`; without spaces.
    package var clientName = "kindred"
    /// For the dial and the login together.
    package var connectTimeout = Duration.seconds(1)
    /// From the call to its answer.
    package var commandTimeout = Duration.seconds(2)
    /// How many commands may wait for an answer before more are refused.
    package var maximumWaiting = 10_000

    package init() {}

    /// Reads the keys under `redis` (`REDIS_HOST` and so on in the environment) of the unscoped reader:
    ///
    /// - `redis.host` (string, default `127.0.0.1`)
    /// - `redis.port` (int, default `6379`)
    /// - `redis.user` (string, default none)
    /// - `redis.password` (string, secret, default none), or `redis.passwordFile`: the path of a file that holds it
    /// - `redis.database` (int, default `0`)
    /// - `redis.sentinels` (`host:port,host:port`, default none; the port may be left out for 26379): whom to ask for the master
    /// - `redis.sentinelMaster` (string, default `mymaster`): how they call it
    /// - `redis.sentinelPassword` (string, secret, default none), or `redis.sentinelPasswordFile`
    /// - `redis.clientName` (string, default `kindred`)
    /// - `redis.connectTimeout` (int, milliseconds, default `1000`)
    /// - `redis.commandTimeout` (int, milliseconds, default `2000`)
    /// - `redis.maximumWaiting` (int, default `10000`): commands
    package init(reading config: ConfigReader) throws(ConfigurationError) {
        let config = config.scoped(to: "redis")
        try read(config)
        for text in config.text(forKey: "sentinels", default: "").split(separator: ",") {
            let text = text.filter { !$0.isWhitespace }
            guard let address = RedisAddress(text, defaultPort: 26379) else {
                throw ConfigurationError(
                    variable: config.variable(forKey: "sentinels"), problem: "has \"\(text)\", which is no address",
                    advice: "Set it to the sentinels' addresses, as host:port,host:port.")
            }
            sentinels.append(address)
        }
        sentinelMaster = config.text(forKey: "sentinelMaster", default: sentinelMaster)
        sentinelPassword = try config.secret(forKey: "sentinelPassword")
    }

    /// Reads what concerns one server; what is not set stays.
    mutating func read(_ config: ConfigReader) throws(ConfigurationError) {
        host = config.text(forKey: "host", default: host)
        port = try config.port(forKey: "port", default: port)
        user = config.text(forKey: "user")
        password = try config.secret(forKey: "password")
        database = try config.integer(forKey: "database", default: database, in: 0...65535)
        clientName = config.text(forKey: "clientName", default: clientName)
        let timeouts = Duration.milliseconds(1)...Duration.seconds(60)
        connectTimeout = try config.milliseconds(forKey: "connectTimeout", default: connectTimeout, in: timeouts)
        commandTimeout = try config.milliseconds(forKey: "commandTimeout", default: commandTimeout, in: timeouts)
        maximumWaiting = try config.integer(forKey: "maximumWaiting", default: maximumWaiting, in: 1...1_000_000)
    }
}

extension RedisConfiguration: CustomStringConvertible, CustomReflectable {
    /// Without the password.
    package var description: String {
        guard sentinels.isEmpty else {
            return "\(sentinelMaster)/\(database) of the sentinels \(sentinels.map(\.description).joined(separator: ","))"
        }
        return "\(host):\(port)/\(database)"
    }
    package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
