import Messaging
import ServiceLifecycle
import ServiceRuntime
import Storage

/// Everything outside of the gateway that it works with.
struct Dependencies: Sendable {
    var shelf: ShelfSource
    var queue: any JobQueue
    /// Whether the queue has been there since the start, be it only once.
    var hasReachedQueue: @Sendable () -> Bool = { true }
    /// What became of the jobs that nobody could do.
    var deadLetters: any DeadLetterBox = InMemoryDeadLetterBox()
    var profiles: any ProfileStore
    var lists: any RecommendationStore
    var impressions: any ImpressionStore
    var visibility: any VisibilityStore
    var jobs: any JobStore
    var claims: any IdempotencyStore
    var rateLimits: any RateLimitStore
    /// What items are that came in since the files were made.
    var addedItems: any AddedItemStore = InMemoryAddedItems()
    var experiments: any ExperimentStore = InMemoryExperiments()
    var sharedClock: any SharedClock = InMemorySharedClock()
    /// nil for a server without accounts.
    var accounts: AccountKeeping?
    /// The page for Prometheus.
    var metrics: @Sendable () -> String = { "" }
    /// The names of the process' loops that hang.
    var stalledLoops: @Sendable () -> [String] = { LoopRegistry.shared.stalled() }
    var now: @Sendable () -> Timestamp = { .now }
    /// How many seconds whoever is turned away shall stay away: spread, so that not all come back at once.
    var retryDelay: @Sendable () -> Int = { .random(in: 1...5) }
    /// What runs beneath the gateway: it starts before it and ends after it, in this order and the reverse of it.
    var services: [any Service] = []
}
