import CRabbitMQ

/// What the library and the broker answer, as errors of ours.
extension RabbitMQContext {
    func check(_ status: Int32, _ action: StaticString) throws(MessagingError) {
        guard status < 0 else { return }
        throw MessagingError(.disconnected, "\(action): \(String(cString: amqp_error_string2(status)))")
    }

    /// For calls that return a method's fields: the reply is asked for separately.
    func checkReply(to action: String) throws(MessagingError) {
        try check(amqp_get_rpc_reply(state), action)
    }

    func check(_ reply: amqp_rpc_reply_t, _ action: String) throws(MessagingError) {
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_SERVER_EXCEPTION: throw Self.error(closing: reply.reply, action)
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            throw MessagingError(.disconnected, "\(action): \(String(cString: amqp_error_string2(reply.library_error)))")
        default: throw MessagingError(.disconnected, "\(action): the connection ended")
        }
    }

    /// The error for a `channel.close` or `connection.close` of the broker's.
    static func error(closing method: amqp_method_t, _ action: String) -> MessagingError {
        let code: UInt16
        let text: String
        switch (method.id, method.decoded) {
        case (amqp_method_number_t(AMQP_CHANNEL_CLOSE_METHOD), let fields?):
            let close = fields.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            (code, text) = (close.reply_code, String(copying: close.reply_text))
        case (amqp_method_number_t(AMQP_CONNECTION_CLOSE_METHOD), let fields?):
            let close = fields.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
            (code, text) = (close.reply_code, String(copying: close.reply_text))
        default: return MessagingError(.disconnected, "\(action): unexpected method \(method.id)")
        }
        // A queue whose node has only just started, or is away, is "not found" too; it comes back by itself.
        let isAway = Int32(code) == AMQP_NOT_FOUND && text.contains("down or inaccessible")
        return MessagingError(isAway ? .disconnected : errorCode(of: code), "\(action): \(code) \(text)")
    }

    private static func errorCode(of replyCode: UInt16) -> MessagingError.Code {
        switch Int32(replyCode) {
        case AMQP_ACCESS_REFUSED, AMQP_NOT_ALLOWED: .accessRefused
        case AMQP_NOT_FOUND, AMQP_PRECONDITION_FAILED: .topologyMismatch
        default: .disconnected
        }
    }
}
