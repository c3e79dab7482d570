import Logging
import ServiceLifecycle
import ServiceRuntime

/// Has what is served learn from what users say, and tells how that goes.
///
/// The worker takes jobs from its first moment, while it learns what it missed: its lists are until then those of the ratings file with
/// the user's own newest ratings, which are worth more than no lists, above all when many workers start at once.
struct LiveService: Service {
    /// How often it is looked how things are.
    private static let interval = Duration.seconds(1)

    let learning: LiveLearning
    /// What is served at present.
    let served: @Sendable () -> ServedEngine

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var outage = LiveOutage(grace: learning.policy.grace, logger: learning.logger)
            while !Task.isCancelled {
                if let live = served().live {
                    live.begin(reading: learning.log)
                    outage.look(at: live.trouble, .now)
                    learning.metrics.report(live, unreadFor: outage.duration(at: .now))
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
        served().live?.end()
    }
}
