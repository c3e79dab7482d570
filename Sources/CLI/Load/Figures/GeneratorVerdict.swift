/// Whether the figures are about the service, or about the program that measured it.
struct GeneratorVerdict: Sendable {
    /// A request counts as late when this program got to it so many milliseconds after it was due.
    static let lateMilliseconds = 5.0
    /// More than this share of late requests is too many.
    static let allowedShare = 0.01

    let lateShare: Double
    let cpuMicrosecondsPerRequest: Double
    /// Of one core.
    let cpuShare: Double

    init(_ figures: LoadFigures) {
        let late = figures.lateness
        lateShare = late.count > 0 ? Double(late.count(above: Self.lateMilliseconds)) / Double(late.count) : 0
        cpuMicrosecondsPerRequest = figures.sentRequests > 0 ? figures.cpuSeconds * 1e6 / Double(figures.sentRequests) : 0
        cpuShare = figures.wallSeconds > 0 ? figures.cpuSeconds / figures.wallSeconds : 0
    }

    /// Its requests go out from one thread.
    var wasBottleneck: Bool { lateShare > Self.allowedShare || cpuShare > 0.9 }

    /// What follows from it, in a sentence.
    var text: String? {
        guard wasBottleneck else { return nil }
        let percent = (lateShare * 100).rounded(toDigits: 1)
        return """
            The generator was a bottleneck: it got to \(percent) % of the requests more than \
            \(Self.lateMilliseconds.rounded(toDigits: 0)) ms after they were due. These latencies are the machine's at least as much as the \
            service's; ask for less, or give the generator a core of its own.
            """
    }
}
