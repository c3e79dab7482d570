import CRabbitMQ
import Glibc

/// What is sent on the channel: messages, settlements, and the questions of a connection's beginning.
extension RabbitMQContext {
    /// Has the broker confirm every message, counted from 1.
    func selectConfirms() throws(MessagingError) {
        _ = watched { amqp_confirm_select(state, channel) }
        try checkReply(to: "confirm.select")
    }

    /// Sends a persistent message; the broker returns it when no queue gets it.
    ///
    /// To be called after `pump` and only while `isWritable`, since it waits for a socket that is full.
    func publish(_ body: [UInt8], id: String, type: String, to route: RabbitMQTopology.Route) throws(MessagingError) {
        let status = withBytes(route.exchange, route.routingKey) { exchange, routingKey in
            withBytes(id, type) { id, type in
                withBytes(JobCoding.contentType) { contentType in
                    var properties = amqp_basic_properties_t()
                    properties._flags = amqp_flags_t(
                        AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG
                            | AMQP_BASIC_TYPE_FLAG)
                    properties.content_type = contentType
                    properties.delivery_mode = UInt8(AMQP_DELIVERY_PERSISTENT.rawValue)
                    properties.message_id = id
                    properties.type = type
                    return body.withUnsafeBytes { bytes in
                        watched {
                            amqp_basic_publish(
                                state, channel, exchange, routingKey, 1, 0, &properties, amqp_bytes_t(borrowing: bytes))
                        }
                    }
                }
            }
        }
        try check(status, "basic.publish")
    }

    /// Limits each consumer that is begun afterwards to `count` unsettled deliveries.
    func limitPrefetch(to count: Int) throws(MessagingError) {
        _ = watched { amqp_basic_qos(state, channel, 0, UInt16(clamping: count), 0) }
        try checkReply(to: "basic.qos")
    }

    /// Has the broker deliver from `queue`; the consumer is named like it unless a name is given.
    func consume(
        from queue: String, as consumer: String? = nil, arguments: [(key: String, value: RabbitMQValue)] = []
    ) throws(MessagingError) {
        _ = withTable(arguments) { arguments in
            withBytes(queue, consumer ?? queue) { queue, consumer in
                watched { amqp_basic_consume(state, channel, queue, consumer, 0, 0, 0, arguments) }
            }
        }
        try checkReply(to: "basic.consume \(queue)")
    }

    func cancel(consumer: String) throws(MessagingError) {
        _ = withBytes(consumer) { name in watched { amqp_basic_cancel(state, channel, name) } }
        try checkReply(to: "basic.cancel \(consumer)")
    }

    func acknowledge(_ tag: UInt64, isMultiple: Bool) throws(MessagingError) {
        try check(watched { amqp_basic_ack(state, channel, tag, isMultiple ? 1 : 0) }, "basic.ack")
    }

    /// Everything delivered and not settled goes back to its queue. Nothing being there is an error.
    func putBackAll() throws(MessagingError) {
        // Tag 0 stands for all.
        try check(watched { amqp_basic_nack(state, channel, 0, 1, 1) }, "basic.nack")
    }

    func reject(_ tag: UInt64, requeue: Bool) throws(MessagingError) {
        try check(watched { amqp_basic_reject(state, channel, tag, requeue ? 1 : 0) }, "basic.reject")
    }
}
