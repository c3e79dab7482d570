import Foundation

/// One line on the terminal that says how a run stands, drawn over and over.
struct LiveLine {
    static let interval = Duration.milliseconds(500)

    private let asked: Double?
    private let total: Double
    private var last: LoadSnapshot?

    /// - Parameters:
    ///   - asked: requests a second, or nil when it is as many as there are answers.
    ///   - total: how long the phase takes, in seconds.
    init(asked: Double?, total: Double) {
        self.asked = asked
        self.total = total
    }

    /// "12 s of 30 s  asked 200/s  sent 200/s  answered 199/s  in flight 3  p50 1.2 ms  p99 8.1 ms  errors 0  429 0  503 0"
    mutating func text(_ snapshot: LoadSnapshot) -> String {
        let before = last ?? LoadSnapshot()
        last = snapshot
        let span = snapshot.elapsed - before.elapsed
        func rate(_ count: Int) -> String { span > 0 ? "\((Double(max(count, 0)) / span).rounded(toDigits: 0))/s" : "–" }
        var parts = ["\(Int(snapshot.elapsed)) s of \(Int(total.rounded())) s"]
        if snapshot.isWarmingUp { parts.append("warming up") }
        if snapshot.isDraining { parts.append("waiting for the last") }
        if let asked { parts.append("asked \(asked.rounded(toDigits: 0))/s") }
        parts += [
            "sent \(rate(snapshot.sent - before.sent))", "answered \(rate(snapshot.answered - before.answered))",
            "in flight \(snapshot.inFlight + snapshot.following)", "p50 \(snapshot.p50.rounded(toDigits: 1)) ms",
            "p99 \(snapshot.p99.rounded(toDigits: 1)) ms", "errors \(snapshot.errors)", "429 \(snapshot.refusals429)",
            "503 \(snapshot.refusals503)",
        ]
        return parts.joined(separator: "  ")
    }

    /// Draws until the task is cancelled, then takes the line away. Nothing when standard error is no terminal.
    static func draw(_ session: LoadSession, _ phase: LoadPhase) async {
        guard StandardError.isTerminal else { return }
        var asked: Double?
        if case .open(let rate) = phase.pace { asked = rate }
        var line = LiveLine(asked: asked, total: (phase.warmUp + phase.duration) / .seconds(1))
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            guard let snapshot = try? await session.snapshot, !Task.isCancelled else { continue }
            let text = line.text(snapshot).shortened(toColumns: max(StandardError.columnCount - 1, 20))
            StandardError.write("\r\u{1B}[K" + text)
        }
        StandardError.write("\r\u{1B}[K")
    }
}
