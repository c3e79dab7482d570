package import Experiments
package import Recommenders
package import ServiceRuntime
import Synchronization

/// The same in this process' memory, for tests; nothing of it ends.
package final class InMemoryExperiments: ExperimentStore {
    private struct Part {
        let first: Timestamp
        var lastPeriod: Int64
        let variant: String
        var amounts: [Outcome: Int64] = [:]
    }

    private struct Shown {
        let since: Timestamp
        var counted: Set<Outcome> = []
    }

    private struct State {
        var parts: [UserID: [String: Part]] = [:]
        var shown: [UserID: [ItemID: Shown]] = [:]
        var counts: [String: ExperimentCounts] = [:]

        mutating func add(_ number: Int64, to quantity: ExperimentCounts.Quantity, of part: Part, in phase: String, period: Int64)
        {
            let field = ExperimentCounts.Field(period: period, variant: part.variant, quantity: quantity)
            counts[phase, default: ExperimentCounts()].numbers[field, default: 0] += number
        }
    }

    private let state = Mutex(State())

    package init() {}

    package func countExposure(
        of items: [ItemID], to user: UserID, in experiments: [(Experiment, VariantAssignment)], at moment: Timestamp
    ) async throws(StorageError) {
        state.withLock { state in
            for (experiment, assignment) in experiments {
                let (phase, period) = (experiment.phase, experiment.period(of: moment))
                let known = state.parts[user]?[phase]
                var part = known ?? Part(first: moment, lastPeriod: -1, variant: assignment.variant)
                if known == nil { state.add(1, to: .users, of: part, in: phase, period: period) }
                if period > part.lastPeriod {
                    state.add(1, to: .exposures, of: part, in: phase, period: period)
                    part.lastPeriod = period
                }
                state.parts[user, default: [:]][phase] = part
                guard moment < part.first + experiment.window else { continue }
                for item in items.prefix(ExperimentLimits.maximumItems) where state.shown[user]?[item] == nil {
                    state.shown[user, default: [:]][item] = Shown(since: moment)
                }
            }
        }
    }

    package func countOutcomes(
        _ outcomes: [ObservedOutcome], of user: UserID, in experiments: [Experiment]
    ) async throws(StorageError) {
        state.withLock { state in
            for outcome in outcomes {
                guard let shown = state.shown[user]?[outcome.item], shown.since <= outcome.at,
                    !shown.counted.contains(outcome.outcome)
                else { continue }
                state.shown[user]?[outcome.item]?.counted.insert(outcome.outcome)
                for experiment in experiments {
                    guard let part = state.parts[user]?[experiment.phase], outcome.at >= part.first,
                        outcome.at < part.first + experiment.window
                    else { continue }
                    let before = part.amounts[outcome.outcome] ?? 0
                    let added = min(Int64(outcome.amount), Int64(ExperimentLimits.maximumAmount) - before)
                    let (phase, period) = (experiment.phase, experiment.period(of: part.first))
                    state.parts[user]?[phase]?.amounts[outcome.outcome] = before + added
                    state.add(added, to: .sum(outcome.outcome), of: part, in: phase, period: period)
                    state.add(added * (2 * before + added), to: .squares(outcome.outcome), of: part, in: phase, period: period)
                }
            }
        }
    }

    package func counts(of experiment: Experiment) async throws(StorageError) -> ExperimentCounts {
        state.withLock { $0.counts[experiment.phase] ?? ExperimentCounts() }
    }
}
