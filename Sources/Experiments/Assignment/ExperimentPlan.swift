package import Recommenders
package import ServiceRuntime

/// All experiments there are.
package struct ExperimentPlan: Hashable, Sendable {
    package let experiments: [Experiment]

    package static let none = ExperimentPlan([])

    /// - Parameter experiments: those that run at the same time set different parameters.
    package init(_ experiments: [Experiment]) {
        self.experiments = experiments
    }

    package subscript(name: String) -> Experiment? { experiments.first { $0.name == name } }

    /// What a user gets who asks for `query`, and by which variants.
    ///
    /// Who names an algorithm takes part in nothing, and who says what an experiment is about takes no part in that one.
    package func treatment(
        of user: UserID, asking query: RecommendationQuery, at moment: Timestamp
    ) -> (query: RecommendationQuery, assignments: [VariantAssignment]) {
        guard !experiments.isEmpty, query.algorithm == nil else { return (query, []) }
        let asked = query.parameters
        var treated = query
        var assignments: [VariantAssignment] = []
        for experiment in experiments where experiment.isRunning(at: moment) && experiment.parameters.isDisjoint(with: asked) {
            guard let variant = experiment.variant(of: user) else { continue }
            treated = treated.completed(by: variant.query)
            assignments.append(
                VariantAssignment(experiment: experiment.name, variant: variant.name, phase: experiment.phase))
        }
        return (treated, assignments)
    }

    /// Those of a list's assignments that hold at `moment`, with their experiments.
    package func current(_ assignments: [VariantAssignment], at moment: Timestamp) -> [(Experiment, VariantAssignment)] {
        assignments.compactMap { assignment in
            guard let experiment = self[assignment.experiment], experiment.phase == assignment.phase,
                experiment.isRunning(at: moment)
            else { return nil }
            return (experiment, assignment)
        }
    }

    /// Those in which users may be observed at `moment`.
    package func observing(at moment: Timestamp) -> [Experiment] {
        experiments.filter { moment >= $0.start && moment < $0.end + $0.window }
    }

    /// The algorithms that variants name of experiments that have not ended at `moment`.
    package func algorithms(after moment: Timestamp) -> Set<Algorithm> {
        Set(experiments.filter { moment < $0.end }.flatMap(\.variants).compactMap(\.query.algorithm))
    }
}
