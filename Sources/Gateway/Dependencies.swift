import Messaging
import Recommenders
import ServiceLifecycle
import ServiceRuntime
import Storage

/// Everything outside of the gateway that it works with.
struct Dependencies: Sendable {
    var dataset: Dataset
    var index: CatalogueIndex
    var queue: any JobQueue
    var profiles: any ProfileStore
    var lists: any RecommendationStore
    var jobs: any JobStore
    /// The page for Prometheus.
    var metrics: @Sendable () -> String = { "" }
    var now: @Sendable () -> Timestamp = { .now }
    /// What runs beneath the gateway: it starts before it and ends after it, in this order and the reverse of it.
    var services: [any Service] = []
}
