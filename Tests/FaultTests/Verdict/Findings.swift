/// What became of what the clients said. The names are those of RabbitMQ's Jepsen runs.
struct Findings {
    /// Operations begun.
    var attempts = 0
    /// Those that a client was told are accepted.
    var acknowledged = 0
    /// Acknowledged ratings that are not in the store, and that no later word of the same client replaced.
    var lost = 0
    /// Acknowledged ratings that an earlier one of the same client outlived, because that has the later version.
    var inverted = 0
    /// Jobs carried out for an operation that was acknowledged as another job.
    var duplicated: Int { duplicates.count }
    /// From the first request to the acknowledgement of what was carried out twice, in ms since 1970.
    var duplicates: [ClosedRange<Int64>] = []
    /// Operations that nobody acknowledged and that took effect.
    var recovered = 0
    /// What nobody ever said, or what a client should not have been answered.
    var unexpected = 0
    /// Acknowledged jobs that neither ended nor expired.
    var stuck = 0
    /// In ms, from the first request to the acknowledgement.
    var p50 = 0.0
    var p99 = 0.0
    /// From the end of the last fault until the last acknowledged job had ended.
    var recoverySeconds = 0.0
    /// Acknowledged jobs that took more than one delivery.
    var redelivered = 0
    /// Dead letters.
    var dead = 0
    /// Acknowledged jobs by how they ended.
    var outcomes: [String: Int] = [:]
    /// What exactly was wrong.
    var notes: [String] = []
}
