import Synchronization

/// Whether the gateway wants new requests: from when it has reached RabbitMQ for the first time until it is to end.
///
/// A RabbitMQ that goes away later changes nothing: reading goes on without it. But a gateway that never got there may have the wrong
/// password or the wrong limits, and a roll-out that takes it for ready would replace those that work.
final class Readiness: Sendable {
    enum State {
        case starting, ready, ending
    }

    private let hasReachedQueue: @Sendable () -> Bool
    private let isEnding = Atomic(false)

    /// - Parameter hasReachedQueue: true from the first time on.
    init(hasReachedQueue: @escaping @Sendable () -> Bool) { self.hasReachedQueue = hasReachedQueue }

    var state: State {
        if isEnding.load(ordering: .relaxed) { return .ending }
        return hasReachedQueue() ? .ready : .starting
    }

    /// From now on load balancers send their requests elsewhere.
    func end() { isEnding.store(true, ordering: .relaxed) }
}
