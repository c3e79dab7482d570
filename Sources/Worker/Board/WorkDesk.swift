import DequeModule
import Synchronization

/// Where slots come for work, and wait while there is none.
final class WorkDesk: Sendable {
    private struct State {
        var board: JobBoard
        var idle = Deque<CheckedContinuation<Work?, Never>>()
        /// Jobs that are tried again later, not on the board.
        var postponed = 0
        var isClosing = false
        var hasLeft = false
    }

    private let state: Mutex<State>

    init(weights: LaneWeights = LaneWeights()) {
        state = Mutex(State(board: JobBoard(weights: weights)))
    }

    /// How many jobs wait for a slot.
    var count: Int { state.withLock { $0.board.count } }

    func add(_ jobs: [HeldJob]) {
        change { state in
            for job in jobs { state.board.add(job) }
        }
    }

    /// Starts what may start by now.
    func look() { change { _ in } }

    /// Counts a job that will be added again.
    func postpone() { state.withLock { $0.postponed += 1 } }

    /// Adds a job that was postponed; nil when it was left to others.
    func resume(_ job: HeldJob?) {
        change { state in
            state.postponed -= 1
            if let job { state.board.add(job) }
        }
    }

    /// `work` has ended; whatever `left` is done next time.
    func end(_ work: Work, leaving left: [HeldJob] = []) {
        change { state in
            state.board.end(work)
            for job in left { state.board.add(job) }
        }
    }

    /// The next work, as soon as there is some; nil once all is done and no more will come, or after `leave`.
    func next() async -> Work? {
        await withCheckedContinuation { continuation in
            change { $0.idle.append(continuation) }
        }
    }

    /// No more will come; what is here is still done.
    func close() { change { $0.isClosing = true } }

    /// What has not been started is not started any more.
    func leave() { change { $0.hasLeft = true } }

    /// Hands what may start to those who wait, after `body`.
    private func change(_ body: (inout State) -> Void) {
        let (begun, dismissed) = state.withLock { state in
            body(&state)
            var begun: [(CheckedContinuation<Work?, Never>, Work)] = []
            while !state.hasLeft, !state.idle.isEmpty, let work = state.board.next() {
                begun.append((state.idle.removeFirst(), work))
            }
            var dismissed = Deque<CheckedContinuation<Work?, Never>>()
            if state.hasLeft || (state.isClosing && state.postponed == 0 && state.board.isEmpty) {
                swap(&dismissed, &state.idle)
            }
            return (begun, dismissed)
        }
        for (slot, work) in begun { slot.resume(returning: work) }
        for slot in dismissed { slot.resume(returning: nil) }
    }
}
