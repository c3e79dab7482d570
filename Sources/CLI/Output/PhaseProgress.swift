import Synchronization

/// One progress bar after the other, each with a label of its own; several threads may advance it.
final class PhaseProgress: Sendable {
    private let current = Mutex<(label: String, display: ProgressDisplay)?>(nil)

    func update(_ label: String, fraction: Double) {
        current.withLock { current in
            if current?.label != label {
                current?.display.end()
                current = (label, ProgressDisplay(label: label))
            }
            current?.display.update(fraction: fraction)
        }
    }

    func end() {
        current.withLock { current in
            current?.display.end()
            current = nil
        }
    }
}
