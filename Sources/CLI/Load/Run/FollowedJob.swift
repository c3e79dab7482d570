import NIOCore

/// A job whose end is awaited.
struct FollowedJob {
    let id: String
    let kind: LoadJobKind
    /// When the request that made it was due.
    let due: NIODeadline
    /// False for one that is followed only to know when all is done.
    var isMeasured = true
    var attempt = 0

    /// What a job's status may end with.
    static let ends: Set<String> = ["succeeded", "failed", "cancelled", "expired"]

    /// How long to wait before a status is asked for again: 10 ms at first, then more and more up to a quarter of a second.
    var pollDelay: TimeAmount {
        .milliseconds(min(250, 10 << Int64(min(attempt, 5))))
    }
}
