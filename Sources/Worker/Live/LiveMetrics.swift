import Metrics
import Recommenders
import ServiceRuntime

/// What a worker tells of what it learns from others.
struct LiveMetrics: Sendable {
    private let ratings = Gauge(label: "kindred_live_ratings")
    private let users = Gauge(label: "kindred_live_users")
    private let newUsers = Gauge(label: "kindred_live_new_users")
    private let newItems = Gauge(label: "kindred_live_new_items")
    private let bytes = Gauge(label: "kindred_live_bytes")
    private let refused = Gauge(label: "kindred_live_refused_ratings")
    private let lagSeconds = Gauge(label: "kindred_live_lag_seconds")
    private let lagEntries = Gauge(label: "kindred_live_lag_entries")
    private let missing = Gauge(label: "kindred_live_missing_entries")
    private let learnt = Timer(label: "kindred_live_delay_seconds")

    init(limits: LiveLimits) {
        Gauge(label: "kindred_live_ratings_limit").record(limits.ratings)
    }

    /// Something was learnt soon after it was said.
    func learnt(after delay: Duration) { learnt.record(duration: delay) }

    /// - Parameter outage: how long the log could not be read.
    func report(_ live: LiveFollower, unreadFor outage: Duration) {
        let (size, progress) = (live.overlay.size, live.progress)
        ratings.record(size.ratings)
        users.record(size.users)
        newUsers.record(size.newUsers)
        newItems.record(size.newItems)
        bytes.record(size.bytes)
        refused.record(size.refused)
        missing.record(progress.missing)
        lagEntries.record(live.behind)
        lagSeconds.record(live.lag(unreadFor: outage) / .seconds(1))
    }
}
