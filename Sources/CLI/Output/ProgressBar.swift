/// How far a long task is, as one line of text.
struct ProgressBar {
    let label: String
    /// Columns between the brackets.
    var width = 30

    /// "Reading [███████████-------------------]  37 %, 12 s left"
    ///
    /// - Parameter fraction: 0 to 1; brought into that range.
    func line(fraction: Double, elapsed: Duration) -> String {
        let fraction = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        let full = Int((fraction * Double(width)).rounded(.down))
        let bar = String(repeating: "█", count: full) + String(repeating: "-", count: width - full)
        let percent = String(Int((fraction * 100).rounded(.down)))
        let padding = String(repeating: " ", count: 3 - percent.count)
        return "\(label) [\(bar)] \(padding)\(percent) %\(remainder(fraction, elapsed))"
    }

    /// At the pace so far; nothing before one can be told.
    private func remainder(_ fraction: Double, _ elapsed: Duration) -> String {
        guard fraction >= 0.01, fraction < 1 else { return "" }
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let rest = (seconds / fraction * (1 - fraction)).rounded(.up)
        return rest < 120 ? ", \(Int(rest)) s left" : ", \((rest / 60).rounded(toDigits: 0)) min left"
    }
}
