/// A stretch of load of one kind.
struct LoadPhase: Sendable {
    enum Pace: Sendable, Equatable {
        /// Requests a second, come what may.
        case open(rate: Double)
        /// So many requests on their way at any time, each sent when another has been answered.
        case closed(count: Int)
    }

    let pace: Pace
    /// What is sent first and not counted.
    let warmUp: Duration
    let duration: Duration
}
