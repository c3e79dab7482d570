import Synchronization

/// Whether the gateway wants new requests.
final class Readiness: Sendable {
    private let wantsRequests = Atomic(true)

    var isReady: Bool { wantsRequests.load(ordering: .relaxed) }

    /// From now on load balancers send their requests elsewhere.
    func end() { wantsRequests.store(false, ordering: .relaxed) }
}
