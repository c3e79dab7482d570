package import ServiceRuntime
import Synchronization

/// Buckets in this process' memory: for tests, and for a gateway while Redis is away.
package final class InMemoryRateLimitStore: RateLimitStore {
    /// In microseconds since 1970.
    private let moments = Mutex(ExpiringValues<Int64>())
    private let now: @Sendable () -> Timestamp

    package init(now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.now = now
    }

    package func count(in buckets: [RateLimitBucket]) async throws(StorageError) -> [RateLimitState] {
        let now = now()
        let microseconds = now.milliseconds * 1000
        return moments.withLock { moments in
            let leads = buckets.map { max(0, (moments.value(of: $0.key.text, at: now) ?? 0) - microseconds) }
            let states = RateLimitState.states(of: buckets, leads: leads)
            if states.allSatisfy(\.isOpen) {
                for (bucket, lead) in zip(buckets, leads) {
                    let lead = lead + bucket.limit.interval
                    moments.set(
                        microseconds + lead, for: bucket.key.text, until: now + .milliseconds(lead / 1000 + 1), now: now)
                }
            }
            return states
        }
    }
}
