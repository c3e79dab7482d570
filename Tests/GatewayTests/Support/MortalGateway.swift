import Jobs
import Messaging
import ServiceRuntime
import Storage
import Synchronization

@testable import Gateway

/// Where a gateway dies.
enum Death: String, CaseIterable, Sendable {
    case never
    case beforeTheClaim, afterTheClaim, beforePublishing, afterPublishing, beforeTheConfirm, afterTheConfirm
}

/// What two gateways have in common: the servers.
struct SharedServers: Sendable {
    let storage: InMemoryStorage
    let claims: InMemoryIdempotencyStore
    let queue = InMemoryJobQueue()
    let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.now = now
        storage = InMemoryStorage(now: now)
        claims = InMemoryIdempotencyStore(now: now)
    }

    /// A gateway that dies where `death` says, anew for each request.
    func gateway(
        configuration: GatewayConfiguration = GatewayConfiguration(), accounts: AccountKeeping? = nil,
        dying death: @escaping @Sendable () async -> Death = { .never }
    ) -> TestGateway {
        TestGateway(configuration: configuration, now: now) { dependencies in
            dependencies.jobs = storage
            dependencies.lists = storage
            dependencies.profiles = storage
            dependencies.accounts = accounts
            dependencies.claims = MortalClaims(store: claims, death: death)
            dependencies.queue = MortalQueue(queue: queue, death: death)
        }
    }
}

/// Claims that are lost to the caller, before or after they take effect.
private struct MortalClaims: IdempotencyStore {
    let store: InMemoryIdempotencyStore
    let death: @Sendable () async -> Death

    func replace(
        _ known: IdempotencyClaim?, with claim: IdempotencyClaim, under key: IdempotencyKey, lifetime: Duration
    ) async throws(StorageError) -> IdempotencyClaim? {
        let death = await death()
        if death == (claim.isConfirmed ? .beforeTheConfirm : .beforeTheClaim) { throw StorageError(.closed, "dead") }
        let kept = try await store.replace(known, with: claim, under: key, lifetime: lifetime)
        if death == (claim.isConfirmed ? .afterTheConfirm : .afterTheClaim) { throw StorageError(.closed, "dead") }
        return kept
    }
}

private struct MortalQueue: JobQueue {
    let queue: InMemoryJobQueue
    let death: @Sendable () async -> Death

    func enqueue(_ job: Job) async throws(MessagingError) {
        let death = await death()
        if death == .beforePublishing { throw MessagingError(.closed, "dead") }
        try await queue.enqueue(job)
        if death == .afterPublishing { throw MessagingError(.closed, "dead") }
    }
}
