import DequeModule
import Synchronization

/// Deliveries on their way from the connection's thread to whoever asks for one, and settlements on their way back.
///
/// Nobody who asks or settles waits for the thread.
final class DeliveryBuffer: Sendable {
    typealias Outcome = Result<JobDelivery?, MessagingError>

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
        /// By work queue; handed out in turn, so that neither starves.
        var ready: [Deque<JobDelivery>]
        var nextQueue = 0
        var waiters = Deque<Waiter>()
        var lastNumber = 0
        var failure: MessagingError?
        var isStopped = false
        var settled: [Settled] = []
        var isThreadAwake = false
        var isConnected = false

        mutating func takeReady() -> JobDelivery? {
            for step in 0..<ready.count {
                let queue = (nextQueue + step) % ready.count
                guard let delivery = ready[queue].popFirst() else { continue }
                nextQueue = queue + 1
                return delivery
            }
            return nil
        }
    }

    private let state: Mutex<State>

    init(queueCount: Int) {
        state = Mutex(State(ready: Array(repeating: Deque(), count: queueCount)))
    }

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
            if Task.isCancelled { return .success(nil) }
            if let delivery = state.takeReady() { return .success(delivery) }
            if state.isStopped { return .success(nil) }
            if let failure = state.failure.take() { return .failure(failure) }
            state.waiters.append(waiter)
            return nil
        }
    }

    /// Hands the delivery to who waits longest, or keeps it; not once it was told to stop.
    func offer(_ delivery: JobDelivery, from queue: Int) {
        let waiter: Waiter? = state.withLock { state in
            guard !state.isStopped else { return nil }
            if let waiter = state.waiters.popFirst() { return waiter }
            state.ready[queue].append(delivery)
            return nil
        }
        waiter?.continuation.resume(returning: .success(delivery))
    }

    /// Forgets what nobody took: its connection is gone, and the broker delivers it again.
    func disconnected() {
        state.withLock { state in
            state.isConnected = false
            for queue in state.ready.indices { state.ready[queue] = Deque() }
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

    /// Takes no more deliveries; what it has can still be had.
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
        for waiter in ended { waiter.continuation.resume(returning: .success(nil)) }
    }

    private func resume(_ waiters: consuming Deque<Waiter>, with outcome: Outcome) {
        while let waiter = waiters.popFirst() { waiter.continuation.resume(returning: outcome) }
    }
}
