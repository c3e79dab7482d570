/// One rate that was tried.
struct CapacityStep: Sendable {
    let rate: Double
    let figures: LoadFigures
    /// Milliseconds that 99 of 100 requests and jobs may take.
    let limit: Double

    /// nil when the service held the rate.
    var reason: String? {
        let requests = figures.total
        if figures.requestCount == 0 { return "nothing was sent" }
        if figures.errorCount > 0 {
            let first = requests.errors.max { ($0.value, $1.key) < ($1.value, $0.key) }
            return "\(figures.errorCount.grouped) errors, most of them \(first.map { $0.key.description } ?? "")"
        }
        if !figures.areJobsSound { return "not every job succeeded in time" }
        let p99 = requests.answered.percentile(99)
        if p99 > limit { return "99 % of requests within \(p99.rounded(toDigits: 1)) ms only" }
        let jobs = figures.allJobs
        if jobs.count > 0, jobs.percentile(99) > limit {
            return "99 % of jobs within \(jobs.percentile(99).rounded(toDigits: 1)) ms only"
        }
        if GeneratorVerdict(figures).wasBottleneck { return "the generator itself was late" }
        return nil
    }

    var wasHeld: Bool { reason == nil }
}
