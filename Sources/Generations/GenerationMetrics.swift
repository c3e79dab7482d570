import Metrics
import ServiceRuntime

/// What a process tells of the files that it serves from.
struct GenerationMetrics: Sendable {
    private let number = Gauge(label: "kindred_generation_number")
    private let age = Gauge(label: "kindred_generation_age_seconds")
    private let logOffset = Gauge(label: "kindred_generation_log_offset")
    private let refused = Gauge(label: "kindred_generation_refused")
    private let mapped = Gauge(label: "kindred_generations_mapped")
    private let switches = Counter(label: "kindred_generation_switches_total")
    private let refusals: [GenerationRefusal.Reason: Counter]

    init() {
        refusals = Dictionary(
            uniqueKeysWithValues: GenerationRefusal.Reason.allCases.map {
                ($0, Counter(label: "kindred_generation_refusals_total", dimensions: [("reason", $0.rawValue)]))
            })
    }

    /// - Parameter mappedCount: generations in memory, with old ones that jobs still use.
    func serves(_ facts: GenerationFacts, isOfferedOther: Bool, mappedCount: Int) {
        number.record(facts.number ?? 0)
        age.record(Double(Timestamp.now.since(facts.writtenAt).components.seconds))
        logOffset.record(facts.logOffset ?? -1)
        refused.record(isOfferedOther ? 1 : 0)
        mapped.record(mappedCount)
    }

    func switched() { switches.increment() }

    func refuses(for reason: GenerationRefusal.Reason) { refusals[reason]?.increment() }
}
