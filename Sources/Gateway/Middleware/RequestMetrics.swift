import Hummingbird
import Logging
import Metrics
import ServiceRuntime
import Synchronization

/// Counts and times every request, by the pattern of its route and never by its path, which anybody may choose.
struct RequestMetrics: RouterMiddleware {
    private struct Labels: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Meters {
        let requests: Counter
        let duration: Timer
    }

    /// One entry per label set; making a metric costs more than many requests.
    private final class Cache: Sendable {
        let meters = Mutex<[Labels: Meters]>([:])
    }

    static let unrouted = "none"
    private static let methods: Set<String> = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]

    private let cache = Cache()

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let duration = ContinuousClock.now - start
        let path = context.endpointPath
        let labels = Labels(
            method: Self.methods.contains(request.method.rawValue) ? request.method.rawValue : "OTHER",
            route: path?.first == "/" ? path ?? Self.unrouted : Self.unrouted, status: response.status.code)
        let meters = meters(for: labels)
        meters.requests.increment()
        meters.duration.recordNanoseconds(duration.nanoseconds)
        context.logger.debug(
            "Answered a request",
            metadata: [
                LogKey.route: "\(labels.route)", LogKey.status: "\(labels.status)",
                LogKey.duration: "\(Double(duration.nanoseconds) / 1e6)",
            ])
        return response
    }

    private func meters(for labels: Labels) -> Meters {
        cache.meters.withLock { meters in
            if let known = meters[labels] { return known }
            let made = Meters(
                requests: Counter(
                    label: "kindred_http_requests_total",
                    dimensions: [("method", labels.method), ("route", labels.route), ("status", "\(labels.status)")]),
                duration: Timer(label: "kindred_http_request_duration_seconds", dimensions: [("route", labels.route)]))
            meters[labels] = made
            return made
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
