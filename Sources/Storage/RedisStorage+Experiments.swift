package import Experiments
package import Recommenders
package import ServiceRuntime

// Counts are a hash: "period variant quantity" → number. A user's part in experiments is a hash: phase → when it began (in
// milliseconds), the last period with a list, and the variant; "phase outcome" → how much of it was counted. What a user was shown is a
// hash: item → when it was handed out first (in milliseconds), and the outcomes that were counted.
extension RedisStorage: ExperimentStore {
    package func countExposure(
        of items: [ItemID], to user: UserID, in experiments: [(Experiment, VariantAssignment)], at moment: Timestamp
    ) async throws(StorageError) {
        guard !experiments.isEmpty else { return }
        var arguments = [RedisArgument(moment.milliseconds), RedisArgument(ExperimentLimits.maximumItems)]
        for (experiment, assignment) in experiments {
            let observationEnd = experiment.end + experiment.window
            arguments += [
                .text(experiment.phase), .text(assignment.variant), RedisArgument(experiment.periodMilliseconds),
                RedisArgument(experiment.window.wholeMilliseconds), RedisArgument(observationEnd.milliseconds),
                RedisArgument((observationEnd + ExperimentLimits.reportTime).milliseconds),
            ]
        }
        arguments += items.map { .text($0.rawValue) }
        let ofUser: [RedisKey] = [.removal(of: user), .participation(of: user), .exposures(of: user)]
        let keys = ofUser + experiments.map { RedisKey.counts(of: $0.0) }
        _ = try await data.send(RedisCommand(.countExposure, keys: keys, arguments: arguments))
    }

    package func countOutcomes(
        _ outcomes: [ObservedOutcome], of user: UserID, in experiments: [Experiment]
    ) async throws(StorageError) {
        guard !outcomes.isEmpty, !experiments.isEmpty else { return }
        var arguments = [RedisArgument(ExperimentLimits.maximumAmount)]
        for experiment in experiments {
            arguments += [
                .text(experiment.phase), RedisArgument(experiment.periodMilliseconds),
                RedisArgument(experiment.window.wholeMilliseconds),
            ]
        }
        for outcome in outcomes {
            arguments += [
                .text(outcome.outcome.rawValue), .text(outcome.item.rawValue), RedisArgument(outcome.amount),
                RedisArgument(outcome.at.milliseconds),
            ]
        }
        let keys: [RedisKey] = [.participation(of: user), .exposures(of: user)] + experiments.map { .counts(of: $0) }
        _ = try await data.send(RedisCommand(.countOutcomes, keys: keys, arguments: arguments))
    }

    package func counts(of experiment: Experiment) async throws(StorageError) -> ExperimentCounts {
        let reply = try await data.send(["HGETALL", RedisArgument(.counts(of: experiment))])
        guard case .array(let entries) = reply, entries.count.isMultiple(of: 2) else { throw .corrupted("an experiment") }
        var counts = ExperimentCounts()
        for place in stride(from: 0, to: entries.count, by: 2) {
            guard let field = entries[place].text.flatMap({ ExperimentCounts.Field($0) }),
                let number = entries[place + 1].text.flatMap({ Int64($0) })
            else { throw .corrupted("an experiment") }
            counts.numbers[field] = number
        }
        return counts
    }
}
