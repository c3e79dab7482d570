import ServiceRuntime

/// What the broker says without being asked.
enum RabbitMQEvent {
    case delivery(RabbitMQMessage, tag: UInt64, consumer: String)
    /// Messages sent to no queue come back before they are confirmed.
    case returned(RabbitMQMessage)
    /// Of one message, or of all up to `tag`; refused unless `isAccepted`.
    case confirm(tag: UInt64, isMultiple: Bool, isAccepted: Bool)
    /// The queue that it read from is gone.
    case consumerCancelled(consumer: String)
    case blocked(reason: String)
    case unblocked
}

/// A message as it came from the broker.
struct RabbitMQMessage {
    var messageID: String?
    /// How often it was delivered before, as far as the broker says.
    var redeliveries = 0
    /// What a broker adds when it moves a message to where the dead letters go.
    var death: RabbitMQDeath?
    /// Where it stands in its stream; nil when it comes from a queue.
    var streamOffset: Int?
    var body: [UInt8] = []
    /// What the message was said to have; more than `body` when that was too much to keep.
    var byteCount: UInt64 = 0
}

/// The last entry of a message's `x-death`, in the broker's own words.
struct RabbitMQDeath {
    let queue: String
    let reason: String
    /// When the broker moved it; whole seconds.
    let moment: Timestamp?
}

/// A message whose frames are not all here yet.
struct PartialMessage {
    enum Origin {
        case delivery(tag: UInt64, consumer: String, isRedelivered: Bool)
        case returned
    }

    let origin: Origin
    var message = RabbitMQMessage()
    /// Body bytes to come; nil before the header is here.
    var remaining: UInt64?

    var event: RabbitMQEvent? {
        guard remaining == 0 else { return nil }
        switch origin {
        case .delivery(let tag, let consumer, _): return .delivery(message, tag: tag, consumer: consumer)
        case .returned: return .returned(message)
        }
    }
}
