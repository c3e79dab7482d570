/// Shows a progress bar on standard error, if that is a terminal and the task takes longer than a second.
struct ProgressDisplay {
    private let bar: ProgressBar
    private let isShown: Bool
    private let began = ContinuousClock.now
    private var next: ContinuousClock.Instant
    private var isDrawn = false

    init(label: String, isTerminal: Bool = StandardError.isTerminal) {
        bar = ProgressBar(label: label)
        isShown = isTerminal
        next = began + .seconds(1)
    }

    /// Draws at most ten times a second, and always the end.
    mutating func update(fraction: Double) {
        let now = ContinuousClock.now
        guard isShown, now >= next || (isDrawn && fraction >= 1) else { return }
        next = now + .milliseconds(100)
        isDrawn = true
        StandardError.write("\r\u{1B}[K" + bar.line(fraction: fraction, elapsed: now - began))
    }

    /// Takes the bar away.
    mutating func end() {
        guard isDrawn else { return }
        isDrawn = false
        StandardError.write("\r\u{1B}[K")
    }
}
