import NIOCore

extension LoadGenerator {
    /// nil between phases.
    var snapshot: LoadSnapshot? {
        guard let run, !run.isOver else { return nil }
        let now = NIODeadline.now()
        let total = run.figures.total
        return LoadSnapshot(
            elapsed: Double((now - run.began).nanoseconds) / 1e9, isWarmingUp: !run.counts(now), isDraining: !run.isSending,
            sent: run.sent, answered: run.answered, inFlight: run.outstanding, following: run.following,
            errors: total.failed.count, refusals429: total.errors(withStatus: 429), refusals503: total.errors(withStatus: 503),
            p50: total.answered.percentile(50), p99: total.answered.percentile(99))
    }
}
