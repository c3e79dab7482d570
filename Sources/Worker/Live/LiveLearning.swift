import Logging
import Messaging
import Recommenders
import ServiceRuntime

/// How engines come to learn from what users say.
struct LiveLearning: Sendable {
    /// How often it is looked whether new files know enough.
    private static let glance = Duration.milliseconds(10)

    let log: any RatingLogSource
    let policy: LivePolicy
    let metrics: LiveMetrics
    let logger: Logger

    init(log: any RatingLogSource, policy: LivePolicy, logger: Logger) {
        self.log = log
        self.policy = policy
        metrics = LiveMetrics(limits: policy.limits)
        self.logger = logger
    }

    /// - Returns: nil when nothing is to be learnt.
    func follower(over dataset: Dataset) -> LiveFollower? {
        guard policy.isOn else { return nil }
        return LiveFollower(LiveRatings(over: dataset, limits: policy.limits), pace: policy.pace, metrics: metrics)
    }

    /// Waits until `new` has learnt what `old` has or its file holds, so that nothing is lost to anybody when it takes its place. Both learn
    /// meanwhile.
    ///
    /// It waits no longer than `policy.patience`: new files are worth more than others' latest ratings.
    func prepare(_ new: ServedEngine, insteadOf old: ServedEngine) async {
        guard let new = new.live, let old = old.live else { return }
        new.begin(reading: log)
        let deadline = ContinuousClock.now + policy.patience
        while new.position < old.position, !Task.isCancelled {
            guard .now < deadline else {
                return logger.warning(
                    "New files are served before they have learnt all that was said since",
                    metadata: [LogKey.count: "\(old.position - new.position)"])
            }
            try? await Task.sleep(for: Self.glance)
        }
    }
}
