/// What a search for the highest rate found.
struct CapacityReport: Sendable {
    let settings: LoadSettings
    let target: LoadTarget
    let population: LoadPopulation
    let limit: Double
    let steps: [CapacityStep]
    /// Of the steps: how long each took, what came before.
    let phase: LoadPhase

    /// The highest rate that was held, if any was.
    var held: CapacityStep? { steps.filter(\.wasHeld).max { $0.rate < $1.rate } }

    var text: String {
        var table = Table(
            columns: ["asked a second", "answered", "errors", "p50 ms", "p99 ms", "jobs p50 ms", "jobs p99 ms", "late p99 ms"]
                .map { Table.Column(title: $0, isRightAligned: true) } + [.init(title: "held")])
        for step in steps.sorted(by: { $0.rate < $1.rate }) {
            let (figures, requests, jobs) = (step.figures, step.figures.total.answered, step.figures.allJobs)
            let answered = figures.seconds > 0 ? Double(figures.answeredInTime) / figures.seconds : 0
            table.add(
                [step.rate.rounded(toDigits: 0), answered.rounded(toDigits: 0), figures.errorCount.grouped]
                    + [requests.percentile(50), requests.percentile(99)].map { $0.rounded(toDigits: 1) }
                    + (jobs.count > 0 ? [50, 99].map { jobs.percentile($0).rounded(toDigits: 1) } : ["–", "–"])
                    + [figures.lateness.percentile(99).rounded(toDigits: 1), step.reason.map { "no: \($0)" } ?? "yes"])
        }
        let seconds = (phase.duration / .seconds(1)).rounded(toDigits: 1)
        let conclusion =
            held.map {
                """
                It holds \($0.rate.rounded(toDigits: 0)) requests a second: no error, every followed job succeeded, 99 % of requests and \
                jobs within \(limit.rounded(toDigits: 0)) ms, for \(seconds) s.
                """
            } ?? "It held none of these rates."
        return "\(target.url) (\(population.dataset.onOneLine)), seed \(settings.seed)\n\n\(table.text)\n\n\(conclusion)"
    }

    var json: JSON {
        [
            "settings": settings.json(target: target, population: population, phase: phase),
            "limitMs": .number(limit), "heldRate": .optional(held?.rate),
            "steps": .array(
                steps.map { step in
                    [
                        "rate": .number(step.rate), "held": .bool(step.wasHeld), "reason": .optional(step.reason),
                        "figures": step.figures.json,
                    ]
                }),
        ]
    }
}
