import CRabbitMQ
import Glibc
import ServiceRuntime

extension RabbitMQContext {
    /// Reads what is here without waiting, and sends and checks heartbeats, which the library does nowhere else.
    ///
    /// - Parameter hasRoom: asked before each frame; what is not read waits in the sockets.
    mutating func pump(
        while hasRoom: () -> Bool = { true }, _ handle: (RabbitMQEvent) throws(MessagingError) -> Void
    ) throws(MessagingError) {
        defer { amqp_maybe_release_buffers(state) }
        var frameCount = 0
        while hasRoom(), let frame = try nextFrame() {
            if let event = try event(of: frame) { try handle(event) }
            frameCount += 1
            if frameCount.isMultiple(of: 64) { amqp_maybe_release_buffers(state) }
        }
    }

    /// The same, after waiting for something to come if nothing is here.
    mutating func pump(
        waiting limit: Duration, while hasRoom: () -> Bool = { true },
        _ handle: (RabbitMQEvent) throws(MessagingError) -> Void
    ) throws(MessagingError) {
        var isQuiet = true
        try pump(while: hasRoom) { event throws(MessagingError) in
            isQuiet = false
            try handle(event)
        }
        guard isQuiet, limit > .zero, hasRoom() else { return }
        var socket = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&socket, 1, Int32(limit / .milliseconds(1))) > 0 else { return }
        try pump(while: hasRoom, handle)
    }

    private func nextFrame() throws(MessagingError) -> amqp_frame_t? {
        var frame = amqp_frame_t()
        var noTime = timeval()
        let status = watched { amqp_simple_wait_frame_noblock(state, &frame, &noTime) }
        if status == AMQP_STATUS_TIMEOUT.rawValue { return nil }
        try check(status, "read")
        return frame
    }

    private mutating func event(of frame: amqp_frame_t) throws(MessagingError) -> RabbitMQEvent? {
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD: return try event(of: frame.payload.method)
        case AMQP_FRAME_HEADER: return try begin(frame.payload.properties.decoded, byteCount: frame.payload.properties.body_size)
        case AMQP_FRAME_BODY: return try proceed(with: frame.payload.body_fragment.buffer)
        default: return nil
        }
    }

    private mutating func event(of method: amqp_method_t) throws(MessagingError) -> RabbitMQEvent? {
        switch method.id {
        case AMQP_BASIC_DELIVER_METHOD:
            let fields = try fields(of: method, amqp_basic_deliver_t.self)
            let consumer = String(copying: fields.consumer_tag)
            partialMessage = PartialMessage(
                origin: .delivery(tag: fields.delivery_tag, consumer: consumer, isRedelivered: fields.redelivered != 0))
            return nil
        case AMQP_BASIC_RETURN_METHOD:
            partialMessage = PartialMessage(origin: .returned)
            return nil
        case AMQP_BASIC_ACK_METHOD:
            let fields = try fields(of: method, amqp_basic_ack_t.self)
            return .confirm(tag: fields.delivery_tag, isMultiple: fields.multiple != 0, isAccepted: true)
        case AMQP_BASIC_NACK_METHOD:
            let fields = try fields(of: method, amqp_basic_nack_t.self)
            return .confirm(tag: fields.delivery_tag, isMultiple: fields.multiple != 0, isAccepted: false)
        case AMQP_BASIC_CANCEL_METHOD:
            return .consumerCancelled(consumer: String(copying: try fields(of: method, amqp_basic_cancel_t.self).consumer_tag))
        case AMQP_CONNECTION_BLOCKED_METHOD:
            return .blocked(reason: String(copying: try fields(of: method, amqp_connection_blocked_t.self).reason))
        case AMQP_CONNECTION_UNBLOCKED_METHOD: return .unblocked
        case AMQP_CHANNEL_CLOSE_METHOD, AMQP_CONNECTION_CLOSE_METHOD: throw Self.error(closing: method, "closed by the broker")
        default: return nil
        }
    }

    private func fields<Fields>(of method: amqp_method_t, _ type: Fields.Type) throws(MessagingError) -> Fields {
        guard let decoded = method.decoded else { throw MessagingError(.disconnected, "a method without fields") }
        return decoded.assumingMemoryBound(to: type).pointee
    }

    private mutating func begin(_ decoded: UnsafeMutableRawPointer?, byteCount: UInt64) throws(MessagingError) -> RabbitMQEvent? {
        guard var partial = partialMessage, partial.remaining == nil, let decoded else { throw outOfOrder() }
        let properties = decoded.assumingMemoryBound(to: amqp_basic_properties_t.self).pointee
        if properties._flags & amqp_flags_t(AMQP_BASIC_MESSAGE_ID_FLAG) != 0 {
            partial.message.messageID = String(copying: properties.message_id)
        }
        if case .delivery(_, _, let isRedelivered) = partial.origin {
            let hasHeaders = properties._flags & amqp_flags_t(AMQP_BASIC_HEADERS_FLAG) != 0
            let headers = hasHeaders ? properties.headers : amqp_empty_table
            partial.message.redeliveries = max(0, headers["x-delivery-count"]?.integer ?? (isRedelivered ? 1 : 0))
            partial.message.death = RabbitMQDeath(headers)
            partial.message.streamOffset = headers["x-stream-offset"]?.integer
        }
        partial.message.byteCount = byteCount
        partial.remaining = byteCount
        return finish(partial)
    }

    /// Keeps the body unless it is too long for a job; what comes of a longer one is thrown away as it comes.
    private mutating func proceed(with fragment: UnsafeRawBufferPointer) throws(MessagingError) -> RabbitMQEvent? {
        guard var partial = partialMessage, let remaining = partial.remaining, fragment.count <= remaining else {
            throw outOfOrder()
        }
        partialMessage = nil
        if partial.message.byteCount <= JobCoding.maximumByteCount { partial.message.body += fragment }
        partial.remaining = remaining - UInt64(fragment.count)
        return finish(partial)
    }

    private mutating func finish(_ partial: PartialMessage) -> RabbitMQEvent? {
        let event = partial.event
        partialMessage = event == nil ? partial : nil
        return event
    }

    private func outOfOrder() -> MessagingError { MessagingError(.disconnected, "frames of a message out of order") }
}

extension RabbitMQDeath {
    /// nil for messages that never were dead.
    fileprivate init?(_ headers: amqp_table_t) {
        guard let entry = headers["x-death"]?.elements.first?.table else { return nil }
        queue = entry["queue"]?.text ?? ""
        reason = entry["reason"]?.text ?? ""
        moment = entry["time"]?.timestamp
    }
}
