import ServiceRuntime

extension LogKey {
    static let role = "rabbitmq.role"
    static let byteCount = "message.bytes"
}
