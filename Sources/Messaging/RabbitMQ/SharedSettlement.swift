import Synchronization

/// What becomes of a message that brought several jobs: it is settled with the last of them, as the worst of them was.
///
/// If one is discarded, the others become dead letters with it, though they are done; done again they change nothing.
final class SharedSettlement: Sendable {
    private struct State {
        var missing: Int
        var worst = JobDelivery.Settlement.acknowledge
    }

    private let state: Mutex<State>
    private let settle: @Sendable (JobDelivery.Settlement) -> Void

    init(of count: Int, settle: @escaping @Sendable (JobDelivery.Settlement) -> Void) {
        state = Mutex(State(missing: count))
        self.settle = settle
    }

    func settle(as settlement: JobDelivery.Settlement) {
        let outcome: JobDelivery.Settlement? = state.withLock { state in
            state.missing -= 1
            if settlement.severity > state.worst.severity { state.worst = settlement }
            return state.missing == 0 ? state.worst : nil
        }
        if let outcome { settle(outcome) }
    }
}

extension JobDelivery.Settlement {
    fileprivate var severity: Int {
        switch self {
        case .acknowledge: 0
        case .requeue: 1
        case .discard: 2
        }
    }
}
