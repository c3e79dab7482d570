import Hummingbird
import Metrics
import Recommenders
import ServiceRuntime
import Storage
import Synchronization

/// Bounds how much work is accepted: from the service, for each user, and from each address of guests; and how many accounts are made
/// from an address. Reading costs nothing.
///
/// Every gateway counts in the same Redis, in one round trip a request. While Redis is away each counts for itself, so that work goes
/// on. The passwords of log-ins and sign-ups are counted elsewhere (`Credentials`), since they are refused while nobody can count them.
struct RateLimits: RouterMiddleware {
    /// How long after a failure Redis is left alone.
    private static let pause = Duration.seconds(1)

    private let service: RateLimit?
    private let user: RateLimit?
    private let member: RateLimit?
    private let guest: RateLimit?
    private let signUp: RateLimit?
    private let store: any RateLimitStore
    private let retryDelay: @Sendable () -> Int
    private let fallback: FallbackStore
    private let countedHere = Counter(label: "kindred_rate_limits_counted_locally_total")
    private let refused = Counter(label: "kindred_rate_limited_requests_total")

    /// nil when there is nothing to bound.
    init?(_ configuration: GatewayConfiguration, _ dependencies: Dependencies) {
        service = configuration.rateLimit
        user = configuration.userRateLimit
        // Without accounts there are neither members nor guests. A member may not be without a limit: anybody can become one.
        member = dependencies.accounts == nil ? nil : configuration.userRateLimit ?? GatewayConfiguration.memberRateLimit
        guest = dependencies.accounts == nil ? nil : configuration.guestRateLimit
        signUp = dependencies.accounts == nil ? nil : configuration.signUpRateLimit
        guard service != nil || user != nil || member != nil || guest != nil || signUp != nil else { return nil }
        store = dependencies.rateLimits
        retryDelay = dependencies.retryDelay
        fallback = FallbackStore(now: dependencies.now)
    }

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let policies = policies(for: request, context)
        guard !policies.isEmpty else { return try await next(request, context) }
        let states = try await count(in: policies.map(\.bucket))
        let headers = Self.headers(policies, states)
        if let wait = states.map(\.opensAfter).max(), wait > .zero {
            refused.increment()
            var problem = Problem(.rateLimited, "Counted by \(Self.names(of: policies, states)).", headers: headers)
            problem.headers[.retryAfter] = "\(wait.wholeSeconds + retryDelay() - 1)"
            throw problem
        }
        do {
            var response = try await next(request, context)
            response.headers.append(contentsOf: headers)
            return response
        } catch var problem as Problem {
            problem.headers.append(contentsOf: headers)
            throw problem
        }
    }

    private struct Policy {
        let name: String
        let bucket: RateLimitBucket
    }

    /// Empty when the request is free.
    private func policies(for request: Request, _ context: GatewayRequestContext) -> [Policy] {
        guard [.put, .post, .patch, .delete].contains(request.method) else { return [] }
        var policies: [Policy] = []
        var user: (id: UserID, limit: RateLimit)?
        switch context.identity {
        case .service:
            if let service { policies.append(policy("key", context.identity, service)) }
            if let limit = self.user, context.parameters["user"] != nil, let id = try? context.user() { user = (id, limit) }
        case .user(let login):
            if let member { user = (login.account.user, member) }
        case .nobody:
            if let guest, !Self.isCountedByAttempts(context) { policies.append(policy("address", context.identity, guest)) }
        case .operator: break
        }
        // The service knows whom it makes accounts for.
        if let signUp, context.endpointPath == Self.signUpPath, context.identity.role != .service {
            let bucket = RateLimitBucket(scope: "sign-up:\(context.address)", limit: signUp)
            policies.append(Policy(name: "sign-up", bucket: bucket))
        }
        if let user { policies.append(Policy(name: "user", bucket: RateLimitBucket(user: user.id, limit: user.limit))) }
        return policies
    }

    private func policy(_ name: String, _ identity: Identity, _ limit: RateLimit) -> Policy {
        Policy(name: name, bucket: RateLimitBucket(scope: identity.scope, limit: limit))
    }

    private static let signUpPath = "/v1/accounts"

    private static func isCountedByAttempts(_ context: GatewayRequestContext) -> Bool {
        context.endpointPath == signUpPath || context.endpointPath == "/v1/sessions"
    }

    private func count(in buckets: [RateLimitBucket]) async throws -> [RateLimitState] {
        if fallback.isNeeded {
            countedHere.increment()
            return try await fallback.count(in: buckets)
        }
        do throws(StorageError) {
            return try await store.count(in: buckets)
        } catch {
            guard error.isRetriable else { throw error }
            fallback.use(for: Self.pause)
            countedHere.increment()
            return try await fallback.count(in: buckets)
        }
    }

    /// As draft-ietf-httpapi-ratelimit-headers has them: quota and window of each policy, and what is left of it for how long.
    private static func headers(_ policies: [Policy], _ states: [RateLimitState]) -> HTTPFields {
        var headers: HTTPFields = [:]
        headers[.rateLimitPolicy] =
            policies.map { "\"\($0.name)\";q=\($0.bucket.limit.requests);w=\($0.bucket.limit.window)" }.joined(separator: ", ")
        headers[.rateLimit] =
            zip(policies, states).map { "\"\($0.name)\";r=\($1.remaining);t=\($1.resetsAfter.wholeSeconds)" }
            .joined(separator: ", ")
        return headers
    }

    private static func names(of policies: [Policy], _ states: [RateLimitState]) -> String {
        zip(policies, states).filter { !$1.isOpen }.map(\.0.name).joined(separator: " and ")
    }
}

/// Counts while Redis cannot.
private final class FallbackStore: Sendable {
    private let store: InMemoryRateLimitStore
    private let end = Mutex(ContinuousClock.now)

    init(now: @escaping @Sendable () -> Timestamp) {
        store = InMemoryRateLimitStore(now: now)
    }

    var isNeeded: Bool { end.withLock { $0 > .now } }

    func use(for duration: Duration) { end.withLock { $0 = .now + duration } }

    func count(in buckets: [RateLimitBucket]) async throws(StorageError) -> [RateLimitState] {
        try await store.count(in: buckets)
    }
}

extension Duration {
    /// Seconds, rounded up; at least one, so that nobody is told to come again at once.
    var wholeSeconds: Int { max(1, Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0)) }
}
