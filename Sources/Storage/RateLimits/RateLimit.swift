/// So many requests a minute or an hour, evenly, and how many at once when none came for a while.
package struct RateLimit: Hashable, Sendable {
    /// At least one.
    package let requests: Int
    /// In which they may come, in seconds.
    package let window: Int
    /// At least one.
    package let burst: Int

    package init(requestsPerMinute: Int, burst: Int) {
        self.init(requests: requestsPerMinute, window: 60, burst: burst)
    }

    package init(requestsPerHour: Int, burst: Int) {
        self.init(requests: requestsPerHour, window: 3600, burst: burst)
    }

    private init(requests: Int, window: Int, burst: Int) {
        self.requests = max(1, requests)
        self.window = window
        self.burst = max(1, burst)
    }

    /// How long one request uses up its share, in microseconds.
    var interval: Int64 { max(1, Int64(window) * 1_000_000 / Int64(requests)) }
    /// How far ahead of its share somebody may be, in microseconds.
    var tolerance: Int64 { interval * Int64(burst) }
}
