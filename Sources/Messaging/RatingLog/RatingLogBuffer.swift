import Synchronization

/// Entries on their way from the connection's thread to the one who reads them.
final class RatingLogBuffer: Sendable {
    typealias Outcome = Result<[RatingLogEntry]?, MessagingError>

    private struct State {
        var ready: [RatingLogEntry] = []
        var waiter: CheckedContinuation<Outcome, Never>?
        var failure: MessagingError?
    }

    private let state = Mutex(State())

    /// Waits for entries, for a failure, or for the end of the task.
    func next() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (outcome, earlier) = state.withLock { state in
                    let outcome = Self.outcome(in: &state)
                    defer { if outcome == nil { state.waiter = continuation } }
                    return (outcome, outcome == nil ? state.waiter : nil)
                }
                earlier?.resume(returning: .success(nil))
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume(returning: .success(nil))
        }
    }

    func offer(_ entries: [RatingLogEntry]) {
        guard !entries.isEmpty else { return }
        answer { state in
            state.ready += entries
            state.failure = nil
        }
    }

    /// Throws to who waits, or to who asks next.
    func fail(_ error: MessagingError) { answer { $0.failure = error } }

    var isEmpty: Bool { state.withLock(\.ready.isEmpty) }

    private func answer(_ change: (inout State) -> Void) {
        let answered = state.withLock { state -> (CheckedContinuation<Outcome, Never>, Outcome)? in
            change(&state)
            guard state.waiter != nil, let outcome = Self.outcome(in: &state), let waiter = state.waiter.take() else {
                return nil
            }
            return (waiter, outcome)
        }
        if let (waiter, outcome) = answered { waiter.resume(returning: outcome) }
    }

    /// nil when there is nothing to say yet.
    private static func outcome(in state: inout State) -> Outcome? {
        if Task.isCancelled, state.ready.isEmpty, state.waiter == nil { return .success(nil) }
        if !state.ready.isEmpty {
            defer { state.ready = [] }
            return .success(state.ready)
        }
        return state.failure.take().map { .failure($0) }
    }
}
