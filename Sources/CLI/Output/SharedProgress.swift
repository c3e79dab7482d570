import Synchronization

/// A `ProgressDisplay` that several threads may advance.
final class SharedProgress: Sendable {
    private let display: Mutex<ProgressDisplay>

    init(label: String) {
        display = Mutex(ProgressDisplay(label: label))
    }

    func update(fraction: Double) { display.withLock { $0.update(fraction: fraction) } }
    func end() { display.withLock { $0.end() } }
}
