import Jobs

extension JobDeath {
    /// - Parameters:
    ///   - job: nil for a message that is none.
    ///   - record: nil when the broker does not say how the message came among the dead.
    init(of job: Job?, _ record: RabbitMQDeath?, in topology: RabbitMQTopology) {
        let reason = Reason(name: record?.reason ?? "unknown")
        self.init(
            reason: reason, queue: record.map { topology.withoutPrefix($0.queue) } ?? "",
            // The broker does not keep its count for dead letters.
            deliveries: reason == .deliveryLimit ? (job?.kind.deliveryLimit ?? 0) + 1 : 1)
    }
}
