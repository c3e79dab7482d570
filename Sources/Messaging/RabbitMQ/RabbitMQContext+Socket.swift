import CRabbitMQ
import Glibc
import ServiceRuntime

/// How a connection begins, before anybody speaks AMQP.
extension RabbitMQContext {
    func openSocket(_ configuration: RabbitMQConfiguration) throws(MessagingError) {
        // It belongs to the state, which frees it.
        let socket = configuration.tls == nil ? amqp_tcp_socket_new(state) : amqp_ssl_socket_new(state)
        guard let socket else { throw MessagingError(.disconnected, "out of memory") }
        if let tls = configuration.tls { try Self.prepare(socket, for: tls) }
        // With TLS this is the limit of its handshake too.
        var timeout = timeval(configuration.connectTimeout)
        let status = amqp_socket_open_noblock(socket, configuration.host, Int32(configuration.port), &timeout)
        if configuration.tls != nil { try Self.checkTrust(status, in: configuration.host) }
        try check(status, "connect")
        // Bytes sent and not acknowledged by the other side's kernel for so long end the connection.
        var milliseconds: UInt32 = 15_000
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, 4)
        watchdog.watch(descriptor)
        watchdog.allow(Self.rpcTimeout + .seconds(1))
    }

    private static func prepare(_ socket: OpaquePointer, for tls: RabbitMQTLS) throws(MessagingError) {
        // These are what the library begins with; a later one may not.
        amqp_ssl_socket_set_verify_peer(socket, 1)
        amqp_ssl_socket_set_verify_hostname(socket, 1)
        guard amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST) == AMQP_STATUS_OK.rawValue else {
            throw MessagingError(.untrusted, "the TLS library knows no TLS 1.2")
        }
        try checkReadable(tls.authorityFile, "RABBITMQ_CA_FILE")
        guard amqp_ssl_socket_set_cacert(socket, tls.authorityFile) == AMQP_STATUS_OK.rawValue else {
            throw MessagingError(.untrusted, "RABBITMQ_CA_FILE: \(tls.authorityFile) holds no certificate in PEM form")
        }
        guard let identity = tls.identity else { return }
        try checkReadable(identity.certificateFile, "RABBITMQ_CERTIFICATE_FILE")
        try checkReadable(identity.keyFile, "RABBITMQ_KEY_FILE")
        // Without one, OpenSSL asks whoever sits at the terminal for the passphrase of a key that has one.
        crabbitmq_set_no_passphrase(socket)
        guard
            amqp_ssl_socket_set_key(socket, identity.certificateFile, identity.keyFile) == AMQP_STATUS_OK.rawValue
        else {
            throw MessagingError(
                .untrusted,
                """
                RABBITMQ_CERTIFICATE_FILE and RABBITMQ_KEY_FILE: \(identity.certificateFile) and \(identity.keyFile) are no \
                certificate and its key, in PEM form and without a passphrase
                """)
        }
    }

    /// The library says no more of a file than that there was an error.
    private static func checkReadable(_ path: String, _ variable: String) throws(MessagingError) {
        guard access(path, R_OK) != 0 else { return }
        throw MessagingError(.untrusted, "\(variable): \(path) cannot be read: \(String(cString: strerror(errno)))")
    }

    private static func checkTrust(_ status: Int32, in host: String) throws(MessagingError) {
        switch status {
        case AMQP_STATUS_SSL_PEER_VERIFY_FAILED.rawValue:
            throw MessagingError(
                .untrusted, "the certificate of \(host) has expired, or is signed by nobody in RABBITMQ_CA_FILE")
        case AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED.rawValue:
            throw MessagingError(.untrusted, "the certificate of the broker is not for the name \(host) (RABBITMQ_HOST)")
        case AMQP_STATUS_SSL_CONNECTION_FAILED.rawValue:
            throw MessagingError(.disconnected, "connect: no TLS connection; is RABBITMQ_PORT one for TLS?")
        default: return
        }
    }
}
