import Generations
import Recommenders
import ServiceLifecycle
import ServiceRuntime
import Synchronization

/// Has trained models follow what users say: over and over in the background, on one thread that gives way to all others, with pauses so
/// that it takes no more than a share of a core however much there is to be done.
struct ModelRefreshService: Service {
    /// The shortest pause.
    private static let interval = Duration.seconds(1)

    let policy: LivePolicy
    let metrics: LiveMetrics
    /// What is served at present.
    let served: @Sendable () -> ServedEngine

    func run() async throws {
        guard policy.isOn, policy.refreshShare > 0 else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let engine = served().engine
                let began = ContinuousClock.now
                let isStopped = Flag()
                let hasWorked = await withTaskCancellationHandler {
                    await Background.run(named: "refresh") { engine.refreshModels { isStopped.value } }
                } onCancel: {
                    isStopped.set()
                }
                let duration = ContinuousClock.now - began
                if hasWorked { metrics.refreshed(in: duration) }
                try? await Task.sleep(for: max(Self.interval, duration * (1 / policy.refreshShare - 1)))
            }
        }
    }
}

/// Tells a thread that is no task's that its work is no longer wanted.
private final class Flag: Sendable {
    private let isSet = Atomic(false)

    var value: Bool { isSet.load(ordering: .relaxed) }

    func set() { isSet.store(true, ordering: .relaxed) }
}
