/// What `kindred load` says in the end.
struct LoadReport: Sendable {
    let settings: LoadSettings
    let target: LoadTarget
    let population: LoadPopulation
    let phase: LoadPhase
    let figures: LoadFigures

    var verdict: GeneratorVerdict { GeneratorVerdict(figures) }

    /// In requests a second, of good answers while requests were due.
    var answeredRate: Double { figures.seconds > 0 ? Double(figures.answeredInTime) / figures.seconds : 0 }

    /// Of jobs, over the time until the last of them had ended; nil when that is not known.
    var endedJobRate: Double? {
        guard let last = figures.lastJobSeconds else { return nil }
        let accepted = figures.jobs.values.reduce(0) { $0 + $1.accepted }
        return accepted > 0 ? Double(accepted) / (figures.seconds + last) : nil
    }
}
