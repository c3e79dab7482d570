/// One thing that a client wanted, however many requests it took.
struct Operation: Sendable {
    enum Kind: Sendable, Equatable {
        case rating(item: String, value: Double)
        case recommendation
    }

    enum Outcome: Sendable, Equatable {
        /// - Parameter version: of the rating; empty for a recommendation.
        case acknowledged(job: String, version: String)
        /// Nobody knows, or it was refused.
        case unknown
    }

    let user: String
    let kind: Kind
    /// Milliseconds since 1970.
    let began: Int64
    var ended: Int64 = 0
    /// From the first request to the acknowledgement.
    var latency = Duration.zero
    var outcome = Outcome.unknown

    var job: String? { if case .acknowledged(let job, _) = outcome { job } else { nil } }
}

/// One request of an operation.
struct RequestRecord: Sendable {
    /// Milliseconds since 1970.
    let began: Int64
    let duration: Duration
    /// 0 when no answer came.
    let status: Int
    let hasRetryAfter: Bool

    var ended: Int64 { began + Int64(duration.milliseconds) }
}
