/// What can be said of a variant.
package enum ExperimentVerdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// Users did not come in the shares they were meant to, so nothing can be said.
    case untrustworthy = "sample-ratio-mismatch"
    case tooEarly = "too-early"
    case better, worse
    /// No difference has been shown, which does not show that there is none.
    case undecided

    init(on uplift: Uplift, of outcome: Outcome, _ ratio: SampleRatioCheck) {
        if ratio.isMismatch {
            self = .untrustworthy
        } else if !uplift.hasEnoughUsers {
            self = .tooEarly
        } else if uplift.alwaysValidPValue > 1 - ExperimentReport.confidence {
            self = .undecided
        } else {
            self = (uplift.treatment.mean > uplift.control.mean) == outcome.isWelcome ? .better : .worse
        }
    }

    static func text(
        of variants: [ExperimentReport.Variant], _ experiment: Experiment, _ ratio: SampleRatioCheck,
        _ state: ExperimentReport.State
    ) -> String {
        if state == .planned { return "It has not begun." }
        if ratio.isMismatch {
            return """
                Do not trust these figures: users did not come to the variants in the shares they were meant to, which chance does \
                less than once in a thousand times. Something else decides who is counted, like a variant whose lists fail or come \
                too late.
                """
        }
        let outcome = experiment.outcome.rawValue
        let control = variants.first?.name ?? ""
        let sentences = variants.dropFirst().map { variant in
            let uplift = variant.outcomes.first { $0.outcome == experiment.outcome }?.uplift
            var range = ""
            if let low = uplift?.low, let high = uplift?.high {
                range = ": between \(percent(low)) and \(percent(high)) \(outcome) per user"
            }
            switch variant.verdict {
            case .better: return "\(variant.name) is better than \(control)\(range)."
            case .worse: return "\(variant.name) is worse than \(control)\(range)."
            case .undecided:
                let time = state == .ended ? "" : " yet"
                let possible = range.isEmpty ? "" : "\(range) are possible"
                return "No difference between \(variant.name) and \(control) has been shown\(time)\(possible)."
            default:
                let fewest = min(variant.measuredUsers, variants.first?.measuredUsers ?? 0)
                return """
                    It is too early to say anything of \(variant.name): \(Uplift.leastUsers) users of each variant must have been \
                    observed for the whole window, and so far there are \(fewest).
                    """
            }
        }
        return sentences.joined(separator: " ")
    }

    /// "+3.4 %"
    private static func percent(_ share: Double) -> String {
        let tenths = Int((abs(share) * 1000).rounded())
        return "\(share < 0 ? "−" : "+")\(tenths / 10).\(tenths % 10) %"
    }
}
