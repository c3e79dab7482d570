package import ServiceRuntime
import Synchronization

/// Claims in this process' memory, for tests and demos: the same rules as in Redis, and nothing outlives the process.
package final class InMemoryIdempotencyStore: IdempotencyStore {
    private let claims = Mutex(ExpiringValues<IdempotencyClaim>())
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: the clock by which claims expire.
    package init(now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.now = now
    }

    package func replace(
        _ known: IdempotencyClaim?, with claim: IdempotencyClaim, under key: IdempotencyKey, lifetime: Duration
    ) async throws(StorageError) -> IdempotencyClaim? {
        let now = now()
        return claims.withLock { claims in
            if let kept = claims.value(of: key.digest, at: now), kept != known { return kept }
            claims.set(claim, for: key.digest, until: now + lifetime, now: now)
            return nil
        }
    }
}
