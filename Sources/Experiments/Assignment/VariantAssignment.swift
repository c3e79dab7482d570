/// Which variant of an experiment made a list.
package struct VariantAssignment: Hashable, Sendable, Codable {
    package var experiment: String
    package var variant: String
    /// `Experiment.phase` of then: what is counted under another one is not the same comparison.
    package var phase: String

    package init(experiment: String, variant: String, phase: String) {
        self.experiment = experiment
        self.variant = variant
        self.phase = phase
    }
}
