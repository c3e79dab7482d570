import Configuration
import Experiments
import Generations
import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// What an operator decides about a gateway.
struct GatewayConfiguration: Sendable {
    var host = "127.0.0.1"
    var port = 8080
    /// What a trusted frontend sends, which speaks for any user; nil where whoever connects may do that.
    var apiKey: String?
    /// What those send who look after jobs; nil when nobody may do that here.
    var operatorKey: String?
    /// Whether people may sign up, and use this gateway without the API key.
    var hasAccounts = false
    /// The proxies whose word on where a client is is believed.
    var trustedProxies: [AddressBlock] = []
    /// How much work all who send the API key may ask for; nil for as much as they like.
    var rateLimit: RateLimit?
    /// How much work may be asked for in the name of one user; nil for as much as they like.
    var userRateLimit: RateLimit?
    /// How much work the guests at one address may ask for; nil for as much as they like.
    var guestRateLimit: RateLimit? = RateLimit(requestsPerMinute: 60, burst: 20)
    /// How many accounts may be made from one address; nil for as many as they like.
    var signUpRateLimit: RateLimit? = RateLimit(requestsPerHour: 60, burst: 30)
    /// How many requests of guests and users may wait for jobs.
    var waits = WaitingRoom.Limits()
    /// How much work a user with a session may ask for where `userRateLimit` says nothing.
    static let memberRateLimit = RateLimit(requestsPerMinute: 300, burst: 100)
    /// Where the ratings file and the models are; with the models perhaps a report of `kindred evaluate`.
    var data = DataPlaces()
    /// How often it is looked whether there are newer ones.
    var dataInterval = Duration.seconds(5)
    /// What requests get that do not say; the workers' affair, but clients may ask.
    var defaults = RecommendationDefaults()
    /// What is counted of the lists that are handed out.
    var experiments = ExperimentPlan.none
    /// How much it is remembered of what was shown to users.
    var impressionPolicy = ImpressionPolicy()

    init() {}

    /// - `gateway.host` (string, default `127.0.0.1`): the address to listen on
    /// - `gateway.port` (integer, default `8080`): the port to listen on; 0 lets the system choose
    /// - `gateway.apiKey` (string, secret), or `gateway.apiKeyFile` (path of a file that holds it): what clients send as
    ///   `Authorization: Bearer KEY`; may be left out on a loopback address only, where whoever sends nothing then has its rights.
    ///   Several keys, one on a line, are all good, so that one can be replaced while clients still send the other
    /// - `gateway.operatorKey` (string, secret), or `gateway.operatorKeyFile`: what operators send in the same way, also several;
    ///   without it dead letters are reached by the command line only
    /// - `gateway.accounts` (flag, default `false`): people may sign up, log in and use this gateway for themselves, and guests may look
    ///   around
    /// - `gateway.trustedProxies` (addresses and CIDR blocks, separated by commas; default none): whose `X-Forwarded-For` is believed
    /// - `gateway.rateLimit` (integer, default `0`, for no limit): ratings and recommendations a minute that are accepted from all who
    ///   send the API key together, or who need none
    /// - `gateway.rateBurst` (integer, default a sixth of the limit, ten seconds' worth): how many at once
    /// - `gateway.userRateLimit` (integer, default `0`, for no limit), `gateway.userRateBurst`: the same for each user, so that one
    ///   user's flood does not use up what is there for all. Where nothing is set, users with a session have `memberRateLimit`
    /// - `gateway.guestRateLimit` (integer, default `60`; 0 for no limit), `gateway.guestRateBurst` (integer, default a third): the same for
    ///   each address of guests, which is a /64 of IPv6
    /// - `gateway.signUpRateLimit` (integer, default `60`; 0 for no limit), `gateway.signUpRateBurst` (integer, default half): sign-ups an
    ///   hour from each address, and how many at once
    /// - `gateway.waitsPerClient` (integer, default `32`), `gateway.waits` (integer, default `1000`): how many requests may wait for jobs,
    ///   of the guests at one address or one user, and of all of these together
    /// - the keys of `DataPlaces`; in the folder of the models may be an `evaluation.json`, as `kindred evaluate --output` wrote it
    /// - `data.interval` (seconds 1…3600, default `5`): how often it is looked whether there are newer files; SIGHUP looks at once
    /// - the keys of `RecommendationDefaults` and of `ImpressionPolicy`, the key of `ExperimentPlan`
    init(reading config: ConfigReader) throws(ConfigurationError) {
        let gateway = config.scoped(to: "gateway")
        host = gateway.text(forKey: "host", default: host)
        port = try gateway.port(forKey: "port", default: port, in: 0...65535)
        apiKey = try gateway.keys(forKey: "apiKey")
        operatorKey = try gateway.keys(forKey: "operatorKey")
        hasAccounts = try gateway.flag(forKey: "accounts", default: hasAccounts)
        trustedProxies = try gateway.addressBlocks(forKey: "trustedProxies")
        rateLimit = try gateway.rateLimit(forKey: "rateLimit", burstKey: "rateBurst")
        userRateLimit = try gateway.rateLimit(forKey: "userRateLimit", burstKey: "userRateBurst")
        guestRateLimit = try gateway.rateLimit(forKey: "guestRateLimit", burstKey: "guestRateBurst", default: 60, burstShare: 3)
        signUpRateLimit = try gateway.rateLimit(
            forKey: "signUpRateLimit", burstKey: "signUpRateBurst", default: 60, burstShare: 2,
            RateLimit.init(requestsPerHour:burst:))
        waits.perClient = try gateway.integer(forKey: "waitsPerClient", default: waits.perClient, in: 1...1_000_000)
        waits.total = try gateway.integer(forKey: "waits", default: waits.total, in: 1...1_000_000)
        data = DataPlaces(reading: config)
        dataInterval = try config.seconds(forKey: "data.interval", default: dataInterval, in: .seconds(1) ... .seconds(3600))
        defaults = try RecommendationDefaults(reading: config)
        experiments = try ExperimentPlan(reading: config)
        impressionPolicy = try ImpressionPolicy(reading: config)
        if let service = SecretKey(apiKey), SecretKey(operatorKey)?.overlaps(service) == true {
            throw gateway.error("operatorKey", "is the same as the API key", "Make up another one: each gives other rights.")
        }
        guard apiKey != nil || isLoopback else {
            throw ConfigurationError(
                variable: gateway.variable(forKey: "apiKey"),
                problem: "is not set, though the gateway listens on \(host), where others can reach it",
                advice: """
                    Set it to a long random text that clients send as "Authorization: Bearer KEY", \
                    or \(gateway.variable(forKey: "apiKeyFile")) to a file that holds it, \
                    or listen on this machine only with \(gateway.variable(forKey: "host"))=127.0.0.1.
                    """)
        }
    }

    /// Whether only this machine can connect.
    var isLoopback: Bool { host == "localhost" || host == "::1" || Self.isLoopbackIPv4(host) }

    static func isLoopbackIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension ConfigReader {
    /// Keys, one on a line. Nothing but empty lines would leave a gateway open that was meant to have a key.
    fileprivate func keys(forKey key: ConfigKey) throws(ConfigurationError) -> String? {
        let text = try secret(forKey: key)
        guard text == nil || SecretKey(text) != nil else {
            throw error(key, "holds nothing but space", "Set it to a long random text.")
        }
        return text
    }

    fileprivate func rateLimit(
        forKey key: ConfigKey, burstKey: ConfigKey, default value: Int = 0, burstShare: Int = 6,
        _ make: (Int, Int) -> RateLimit = RateLimit.init(requestsPerMinute:burst:)
    ) throws(ConfigurationError) -> RateLimit? {
        let limit = try integer(forKey: key, default: value, in: 0...60_000_000)
        let burst = try integer(forKey: burstKey, default: max(1, limit / burstShare), in: 1...60_000_000)
        return limit == 0 ? nil : make(limit, burst)
    }

    fileprivate func addressBlocks(forKey key: ConfigKey) throws(ConfigurationError) -> [AddressBlock] {
        var blocks: [AddressBlock] = []
        for part in text(forKey: key, default: "").split(separator: ",") {
            let text = part.trimmingSpace
            guard let block = AddressBlock(text) else {
                throw error(
                    key, "holds \"\(text)\", which is neither an address nor a block of addresses",
                    "Set it to addresses and CIDR blocks, separated by commas: 127.0.0.1,10.0.0.0/8,::1.")
            }
            blocks.append(block)
        }
        return blocks
    }
}
