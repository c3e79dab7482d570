/// How a bucket stands with one request.
package struct RateLimitState: Hashable, Sendable {
    /// How many more requests it takes at once.
    package let remaining: Int
    /// Until it takes as many as its burst.
    package let resetsAfter: Duration
    /// Until it takes this request; zero if it does now.
    package let opensAfter: Duration

    package var isOpen: Bool { opensAfter == .zero }

    /// - Parameters:
    ///   - lead: how far ahead of its share whoever asks was before, in microseconds.
    ///   - isCounted: whether the request is; a request that another bucket refuses costs nothing.
    init(_ limit: RateLimit, lead: Int64, isCounted: Bool) {
        let lead = max(0, lead)
        opensAfter = .microseconds(max(0, lead + limit.interval - limit.tolerance))
        let after = isCounted ? lead + limit.interval : lead
        remaining = Int(max(0, limit.tolerance - after) / limit.interval)
        resetsAfter = .microseconds(after)
    }

    /// How all of them stand: a request counts if every bucket takes it.
    static func states(of buckets: [RateLimitBucket], leads: [Int64]) -> [RateLimitState] {
        let isCounted = zip(buckets, leads).allSatisfy { RateLimitState($0.limit, lead: $1, isCounted: false).isOpen }
        return zip(buckets, leads).map { RateLimitState($0.limit, lead: $1, isCounted: isCounted) }
    }
}
