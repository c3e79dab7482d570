package import ServiceRuntime

/// Where in the stream of ratings to begin.
package enum RatingLogStart: Hashable, Sendable {
    /// With the oldest that is still kept.
    case first
    /// With what comes from now on.
    case next
    /// With the entry of this offset, or the oldest that is still kept, if that is later.
    case offset(Int)
    /// A little before this moment: the stream is stored in pieces, of which the first with anything as late as that is read as
    /// a whole. It counts by the broker's clock.
    case moment(Timestamp)
    /// The last piece that is stored.
    case lastPiece

    /// As RabbitMQ takes it.
    var argument: RabbitMQValue {
        switch self {
        case .first: "first"
        case .next: "next"
        case .offset(let offset): .integer(Int64(max(0, offset)))
        case .moment(let moment): .timestamp(moment)
        case .lastPiece: "last"
        }
    }
}
