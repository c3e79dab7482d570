import Hummingbird
import Metrics
import Synchronization

/// Bounds how many requests wait for jobs at once, those of one client and those of all: each keeps a connection, for half a minute or, as a
/// stream of events, for as long as the job lasts. The service and operators wait as they like.
final class WaitingRoom: Sendable {
    struct Limits: Hashable, Sendable {
        /// Of the guests at one address, and of one user.
        var perClient = 32
        /// Of all guests and users together.
        var total = 1000
    }

    /// Somebody's place, until it is left or forgotten.
    final class Seat: Sendable {
        private let end: Mutex<(@Sendable () -> Void)?>

        fileprivate init(_ end: (@Sendable () -> Void)?) {
            self.end = Mutex(end)
        }

        deinit { leave() }

        func leave() { end.withLock { $0.take() }?() }
    }

    private struct State {
        var total = 0
        /// By scope; none is zero.
        var counts: [String: Int] = [:]
    }

    private let limits: Limits
    private let retryDelay: @Sendable () -> Int
    private let state = Mutex(State())
    private let refused = Counter(label: "kindred_refused_waits_total")

    init(_ limits: Limits, retryDelay: @escaping @Sendable () -> Int) {
        self.limits = limits
        self.retryDelay = retryDelay
    }

    /// How many guests and users wait.
    var count: Int { state.withLock(\.total) }

    func enter(_ identity: Identity) throws(Problem) -> Seat {
        switch identity.role {
        case .service, .operator: return Seat(nil)
        case .nobody, .user: break
        }
        let scope = identity.scope
        let isAdmitted = state.withLock { state in
            let count = state.counts[scope] ?? 0
            guard count < limits.perClient, state.total < limits.total else { return false }
            state.counts[scope] = count + 1
            state.total += 1
            return true
        }
        guard isAdmitted else {
            refused.increment()
            throw Problem(.tooManyWaiting, "Ask again without waiting, or later.", headers: [.retryAfter: "\(retryDelay())"])
        }
        return Seat { [weak self] in self?.leave(scope) }
    }

    private func leave(_ scope: String) {
        state.withLock { state in
            let count = (state.counts[scope] ?? 0) - 1
            state.counts[scope] = count > 0 ? count : nil
            state.total -= 1
        }
    }
}
