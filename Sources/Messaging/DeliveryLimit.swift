import Jobs
import ServiceRuntime

extension JobKind {
    /// How often a job is delivered again before it becomes a dead letter.
    ///
    /// Generous for ratings, which nobody may lose: a worker that dies charges all jobs it held, and not only the one that killed it.
    package var deliveryLimit: Int {
        switch self {
        case .ratings: 20
        case .recommendations: 5
        }
    }
}
