import DequeModule
import Synchronization

/// Deliveries on their way from the connection's thread to whoever asks for one, and settlements on their way back.
///
/// Nobody who asks or settles waits for the thread.
final class DeliveryBuffer: Sendable {
    typealias Outcome = Result<[JobDelivery], MessagingError>

    struct Settled: Sendable {
        /// Which connection delivered it; the tags of another mean nothing.
        let generation: Int
        let tag: UInt64
        let settlement: JobDelivery.Settlement
    }

    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var ready: [JobDelivery] = []
        var waiters = Deque<Waiter>()
        var lastNumber = 0
        var failure: MessagingError?
        var isStopped = false
        var settled: [Settled] = []
        var isThreadAwake = false
        var isConnected = false

        mutating func takeReady() -> [JobDelivery] {
            defer { ready = [] }
            return ready
        }
    }

    private let state = Mutex(State())

    func next() async -> Outcome {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let outcome = outcome(orWait: Waiter(number: number, continuation: continuation)) {
                    continuation.resume(returning: outcome)
                }
            }
        } onCancel: {
            endWaiting { $0.number == number }
        }
    }

    private func outcome(orWait waiter: Waiter) -> Outcome? {
        state.withLock { state in
            if Task.isCancelled { return .success([]) }
            if !state.ready.isEmpty { return .success(state.takeReady()) }
            if state.isStopped { return .success([]) }
            if let failure = state.failure.take() { return .failure(failure) }
            state.waiters.append(waiter)
            return nil
        }
    }

    /// Keeps the delivery until the next `flush`.
    func offer(_ delivery: JobDelivery) {
        state.withLock { $0.ready.append(delivery) }
    }

    /// Hands all deliveries to who waits longest, or keeps them for who comes next.
    func flush() {
        let (waiter, deliveries): (Waiter?, [JobDelivery]) = state.withLock { state in
            guard !state.ready.isEmpty, let waiter = state.waiters.popFirst() else { return (nil, []) }
            return (waiter, state.takeReady())
        }
        waiter?.continuation.resume(returning: .success(deliveries))
    }

    /// Forgets what nobody took: its connection is gone, and the broker delivers it again.
    func disconnected() {
        state.withLock { state in
            state.isConnected = false
            state.ready = []
        }
    }

    /// Throws to all who wait, or to the next who asks.
    func fail(_ error: MessagingError) {
        let waiters = state.withLock { state in
            defer { state.waiters = Deque() }
            state.failure = state.waiters.isEmpty ? error : nil
            return state.waiters
        }
        resume(waiters, with: .failure(error))
    }

    var isConnected: Bool { state.withLock(\.isConnected) }

    func connected() {
        state.withLock { state in
            state.isConnected = true
            state.failure = nil
        }
    }

    /// No more deliveries will come; what it has can still be had.
    func stop() {
        state.withLock { $0.isStopped = true }
        endWaiting { _ in true }
    }

    /// - Returns: whether the connection's thread has to be woken.
    func settle(_ settled: Settled) -> Bool {
        state.withLock { state in
            state.settled.append(settled)
            defer { state.isThreadAwake = true }
            return !state.isThreadAwake
        }
    }

    /// The settlements since the last call. From here on whoever settles wakes the thread.
    func takeSettled() -> [Settled] {
        state.withLock { state in
            state.isThreadAwake = false
            defer { state.settled.removeAll(keepingCapacity: true) }
            return state.settled
        }
    }

    private func endWaiting(where matches: @Sendable (Waiter) -> Bool) {
        let ended = state.withLock { state in
            defer { state.waiters.removeAll(where: matches) }
            return state.waiters.filter(matches)
        }
        for waiter in ended { waiter.continuation.resume(returning: .success([])) }
    }

    private func resume(_ waiters: consuming Deque<Waiter>, with outcome: Outcome) {
        while let waiter = waiters.popFirst() { waiter.continuation.resume(returning: outcome) }
    }
}
