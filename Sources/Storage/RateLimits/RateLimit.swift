/// So many requests a minute, evenly, and how many at once when none came for a while.
package struct RateLimit: Hashable, Sendable {
    /// At least one.
    package let requestsPerMinute: Int
    /// At least one.
    package let burst: Int

    package init(requestsPerMinute: Int, burst: Int) {
        self.requestsPerMinute = max(1, requestsPerMinute)
        self.burst = max(1, burst)
    }

    /// How long one request uses up its share, in microseconds.
    var interval: Int64 { max(1, 60_000_000 / Int64(requestsPerMinute)) }
    /// How far ahead of its share somebody may be, in microseconds.
    var tolerance: Int64 { interval * Int64(burst) }
}
