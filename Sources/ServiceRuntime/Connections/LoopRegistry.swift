import Synchronization

/// All loops of the process that must turn however the world outside is, so that a probe finds the one that hangs.
package final class LoopRegistry: Sendable {
    /// Where every loop is that was not told otherwise.
    package static let shared = LoopRegistry()

    private let loops = Mutex<[ObjectIdentifier: LoopPulse]>([:])

    package init() {}

    /// The names of the loops that took no turn for longer than `limit`, each once, in alphabetical order.
    ///
    /// - Parameter limit: well above the seconds after which a loop that has nothing to do turns anyway.
    package func stalled(for limit: Duration = .seconds(30)) -> [String] {
        let now = SuspendingClock.now
        let names = loops.withLock { loops in loops.values.filter { $0.silence(at: now) > limit }.map(\.name) }
        return Set(names).sorted()
    }

    /// A loop that has begun now.
    func add(_ name: String) -> LoopPulse {
        let pulse = LoopPulse(name: name)
        loops.withLock { $0[ObjectIdentifier(pulse)] = pulse }
        return pulse
    }

    /// A loop that has ended cannot hang.
    func remove(_ pulse: LoopPulse) {
        _ = loops.withLock { $0.removeValue(forKey: ObjectIdentifier(pulse)) }
    }
}

/// When one loop last turned.
final class LoopPulse: Sendable {
    let name: String
    // A clock that stands still while the machine sleeps: what slept with it is not stuck.
    private let begin = SuspendingClock.now
    /// In milliseconds since `begin`; in the future after an excuse.
    private let lastTurn = Atomic<Int64>(0)

    fileprivate init(name: String) {
        self.name = name
    }

    func turn() { note(.zero) }

    /// The next turn may come so much later than others.
    func excuse(for duration: Duration) { note(duration) }

    fileprivate func silence(at now: SuspendingClock.Instant) -> Duration {
        now - begin - .milliseconds(lastTurn.load(ordering: .relaxed))
    }

    private func note(_ delay: Duration) {
        let (seconds, attoseconds) = (SuspendingClock.now - begin + delay).components
        lastTurn.store(seconds * 1000 + attoseconds / 1_000_000_000_000_000, ordering: .relaxed)
    }
}
