import Foundation
import Synchronization

/// Clients at work, each on a thread, while the main thread does harm.
final class Load: Sendable {
    let plan: LoadPlan
    let ledger = Ledger()
    let began = millisecondsNow()
    private struct State {
        var begunCount = 0
        var runningCount = 0
        var isOver = false
    }
    private let state = Mutex(State())
    private let start = ContinuousClock.now

    init(_ plan: LoadPlan, on kindred: Kindred, seed: UInt64) {
        self.plan = plan
        state.withLock { $0.runningCount = plan.clientCount }
        let (gateways, items) = (kindred.gatewayPorts, kindred.items)
        for number in 0..<plan.clientCount {
            Thread { [self] in
                var client = Client(number, plan, gateways: gateways, items: items, ledger: ledger, seed: seed)
                while let turn = takeTurn() {
                    pause(turn)
                    client.performNext { state.withLock(\.isOver) }
                }
                state.withLock { $0.runningCount -= 1 }
            }.start()
        }
    }

    var isRunning: Bool { state.withLock { $0.runningCount > 0 } }

    /// No further operations; those under way are tried on for a while.
    ///
    /// - Returns: whether all clients are done.
    func finish(within limit: Duration = .seconds(60)) -> Bool {
        state.withLock { $0.begunCount = .max }
        if eventually(within: limit, { !isRunning }) { return true }
        state.withLock { $0.isOver = true }
        return eventually(within: plan.timeout + .seconds(5)) { !isRunning }
    }

    /// How long to wait before the next operation; nil when there is none.
    private func takeTurn() -> Duration? {
        let number = state.withLock { state -> Int? in
            guard state.begunCount < plan.operationCount ?? .max else { return nil }
            state.begunCount += 1
            return state.begunCount - 1
        }
        guard let number else { return nil }
        guard let rate = plan.rate else { return .zero }
        return max(.zero, .seconds(Double(number) / rate) - (.now - start))
    }
}
