import Logging
import ServiceLifecycle
import ServiceRuntime
import Storage

/// Keeps the gateways' clocks together, so that of two ratings the later one holds though their gateways' clocks differ by an hour or
/// one is set back: all of them follow the one that is ahead.
///
/// What two gateways take in within a second of each other may still be ordered by their clocks.
struct ClockKeeper: Service {
    static let interval = Duration.seconds(1)

    let clock: RatingClock
    let shared: any SharedClock

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await synchronize()
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Tells the others and hears from them; while Redis is away each goes by its own clock.
    func synchronize() async {
        guard let latest = try? await shared.latest(raisedTo: clock.latest) else { return }
        clock.observe(latest)
    }
}
