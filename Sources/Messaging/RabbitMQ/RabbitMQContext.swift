import CRabbitMQ
import Glibc
import ServiceRuntime

/// The handle of one connection with one channel. It belongs to one thread.
///
/// One channel, because an answer that is waited for on one of two loses what came for the other. After an error of code
/// `.disconnected` there is nothing to do but to let go of it.
struct RabbitMQContext: ~Copyable {
    static let rpcTimeout = Duration.seconds(5)

    let state: amqp_connection_state_t
    let watchdog: SocketWatchdog
    var channel: amqp_channel_t = 1
    var partialMessage: PartialMessage?

    private init(owning state: amqp_connection_state_t, watchdog: SocketWatchdog) {
        self.state = state
        self.watchdog = watchdog
    }

    deinit {
        watchdog.forget()
        amqp_destroy_connection(state)
    }

    /// Connects, logs in and opens the channel; returns or throws within about ten seconds (and the name's resolution).
    static func connect(
        _ configuration: RabbitMQConfiguration, as role: RabbitMQRole, watchdog: SocketWatchdog
    ) throws(MessagingError) -> RabbitMQContext {
        guard let state = amqp_new_connection() else { throw MessagingError(.disconnected, "out of memory") }
        let context = RabbitMQContext(owning: state, watchdog: watchdog)
        try context.openSocket(configuration)
        try context.logIn(configuration, as: role)
        try context.openChannel()
        return context
    }

    var descriptor: Int32 { amqp_get_sockfd(state) }

    /// Whether the socket takes bytes now. A publish to one that does not would block.
    var isWritable: Bool {
        var socket = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&socket, 1, 0) == 1
    }

    func openChannel() throws(MessagingError) {
        _ = watched { amqp_channel_open(state, channel) }
        try checkReply(to: "channel.open")
    }

    /// Takes a new channel after the broker closed the one we had.
    mutating func reopenChannel() throws(MessagingError) {
        var answer = amqp_channel_close_ok_t()
        try check(
            watched { amqp_send_method(state, channel, amqp_method_number_t(AMQP_CHANNEL_CLOSE_OK_METHOD), &answer) },
            "channel.close-ok")
        channel += 1
        partialMessage = nil
        try openChannel()
    }

    /// Ends the beginning, whose questions may take their time: from here on no call may last long.
    func settle() { watchdog.allow(SocketWatchdog.defaultLimit) }

    /// Says good-bye, so that the broker has seen everything sent before. Waits at most `patience` per step.
    func close(patience: Duration) {
        var timeout = timeval(patience)
        amqp_set_rpc_timeout(state, &timeout)
        guard watched({ amqp_channel_close(state, channel, AMQP_REPLY_SUCCESS) }).reply_type == AMQP_RESPONSE_NORMAL else {
            return
        }
        _ = watched { amqp_connection_close(state, AMQP_REPLY_SUCCESS) }
    }

    /// Runs one call of the library with the watchdog looking on.
    borrowing func watched<Value>(_ call: () -> Value) -> Value {
        watchdog.enter()
        defer { watchdog.leave() }
        return call()
    }

    private func logIn(_ configuration: RabbitMQConfiguration, as role: RabbitMQRole) throws(MessagingError) {
        var timeout = timeval(Self.rpcTimeout)
        amqp_set_handshake_timeout(state, &timeout)
        amqp_set_rpc_timeout(state, &timeout)
        let properties: [(key: String, value: RabbitMQValue)] = [
            ("product", "kindred"),
            ("version", .string(kindredVersion)),
            ("connection_name", .string("\(configuration.name) \(role.rawValue)")),
            (
                // Without these the broker keeps silent about a deleted queue and about its alarms.
                "capabilities",
                .table([
                    ("connection.blocked", .boolean(true)),
                    ("consumer_cancel_notify", .boolean(true)),
                    ("basic.nack", .boolean(true)),
                    ("publisher_confirms", .boolean(true)),
                ])
            ),
        ]
        let heartbeat = Int32(configuration.heartbeat.components.seconds)
        let reply = withTable(properties) { table in
            watched {
                withUnsafePointer(to: table) {
                    crabbitmq_login_plain(
                        state, configuration.virtualHost, 131_072, heartbeat, $0, configuration.user, configuration.password)
                }
            }
        }
        // A broker that does not accept our certificate says so only now.
        if reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION, reply.library_error == AMQP_STATUS_SSL_ERROR.rawValue {
            throw MessagingError(
                .disconnected, "log in: the broker ended TLS; does it want a certificate, or another (RABBITMQ_CERTIFICATE_FILE)?"
            )
        }
        try check(reply, "log in")
    }
}

extension timeval {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
