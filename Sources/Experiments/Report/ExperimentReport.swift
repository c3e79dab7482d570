package import Foundation
package import ServiceRuntime

/// What an experiment has shown so far.
package struct ExperimentReport: Encodable, Sendable {
    /// Of all intervals.
    package static let confidence = 0.95

    package enum State: String, Encodable, Sendable, CaseIterable {
        case planned, running
        /// Nobody takes part any more, but some are still observed.
        case closing
        case ended
    }

    package struct Variant: Encodable, Sendable {
        package let name: String
        /// Of those who take part.
        package let share: Double
        /// Who was handed a list.
        package let users: Int
        /// On how many days (or shorter periods) they were, each counted for itself.
        package let exposures: Int
        /// Of the users those whose windows are over, whom alone the comparison is about.
        package let measuredUsers: Int
        package let outcomes: [Measure]
        /// nil for the first variant.
        package let verdict: ExperimentVerdict?
    }

    /// One outcome of one variant.
    package struct Measure: Encodable, Sendable {
        package let outcome: Outcome
        /// So far, of all users.
        package let total: Int
        /// Of measured users, each over the whole window.
        package let perUser: Double
        /// nil for the first variant, and where that does nothing.
        package let uplift: Comparison?
    }

    package struct Comparison: Encodable, Sendable {
        package let value: Double
        /// These hold however often one looks.
        package let low: Double?
        package let high: Double?
        package let pValue: Double
        /// These hold for who looks but once.
        package let lowOnce: Double?
        package let highOnce: Double?

        fileprivate init?(_ uplift: Uplift) {
            guard let value = uplift.value else { return nil }
            self.value = value
            let always = uplift.alwaysValidInterval(confidence: ExperimentReport.confidence)
            let once = uplift.fixedInterval(confidence: ExperimentReport.confidence)
            (low, high) = (always?.lowerBound, always?.upperBound)
            (lowOnce, highOnce) = (once?.lowerBound, once?.upperBound)
            pValue = uplift.alwaysValidPValue
        }
    }

    package let name: String
    package let phase: String
    package let state: State
    package let start: String
    package let end: String
    /// When it was made.
    package let at: String
    package let windowSeconds: Int64
    /// What it is decided by.
    package let outcome: Outcome
    package let sampleRatio: SampleRatioCheck
    package let variants: [Variant]
    /// What it means, in plain words.
    package let verdict: String

    package init(on experiment: Experiment, _ counts: ExperimentCounts, at moment: Timestamp) {
        let users = experiment.variants.map { Int(counts.total(.users, of: $0.name)) }
        let isMeasured = { (period: Int64) in experiment.isMeasured(period, at: moment) }
        let control = experiment.variants.first?.name ?? ""
        var variants: [Variant] = []
        let ratio = SampleRatioCheck(users: users, shares: experiment.variants.map(\.share))
        for (place, variant) in experiment.variants.enumerated() {
            let uplift = { (outcome: Outcome) in
                Uplift(
                    of: counts.sums(outcome, of: variant.name, where: isMeasured),
                    over: counts.sums(outcome, of: control, where: isMeasured), comparisons: experiment.variants.count - 1)
            }
            let measures = Outcome.allCases.map { outcome in
                let comparison = uplift(outcome)
                return Measure(
                    outcome: outcome, total: Int(counts.total(.sum(outcome), of: variant.name)),
                    perUser: comparison.treatment.mean, uplift: place == 0 ? nil : Comparison(comparison))
            }
            variants.append(
                Variant(
                    name: variant.name, share: variant.share, users: users[place],
                    exposures: Int(counts.total(.exposures, of: variant.name)),
                    measuredUsers: Int(counts.total(.users, of: variant.name, where: isMeasured)), outcomes: measures,
                    verdict: place == 0
                        ? nil : ExperimentVerdict(on: uplift(experiment.outcome), of: experiment.outcome, ratio)))
        }
        name = experiment.name
        phase = experiment.phase
        state = experiment.state(at: moment)
        (start, end, at) = (experiment.start.iso8601, experiment.end.iso8601, moment.iso8601)
        windowSeconds = experiment.window.components.seconds
        outcome = experiment.outcome
        sampleRatio = ratio
        self.variants = variants
        verdict = ExperimentVerdict.text(of: variants, experiment, ratio, state)
    }

    package func json() throws -> Data { try Self.json(of: self) }

    /// The same value gives the same bytes.
    package static func json(of value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }
}

extension Experiment {
    package func state(at moment: Timestamp) -> ExperimentReport.State {
        if moment < start { return .planned }
        if moment < end { return .running }
        return isMeasured(period(of: end + .milliseconds(-1)), at: moment) ? .ended : .closing
    }
}
