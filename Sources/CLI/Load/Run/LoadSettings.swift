import NIOCore

/// What a run does, as the options say.
struct LoadSettings: Sendable {
    enum FollowMethod: String, CaseIterable, Sendable {
        /// `GET /v1/jobs/{job}` with `Prefer: wait`.
        case wait
        /// The same without, again and again.
        case poll
        /// `GET /v1/jobs/{job}/events`.
        case events
    }

    var arrivals = ArrivalSchedule.Arrivals.constant
    var mix = LoadMix.standard
    var seed: UInt64 = 1
    /// Of users and items.
    var skew = 0.0
    var connections = 256
    var timeout = Duration.seconds(30)
    /// How long to wait for answers and jobs' ends after the last request.
    var drain = Duration.seconds(30)
    /// The share of accepted jobs that are followed to their end.
    var follow = 1.0
    var followBy = FollowMethod.wait
    var followers = 256
    /// Seconds that recommendations ask to be waited for.
    var recommendWait = 10
}
