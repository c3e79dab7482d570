package import Jobs
package import ServiceRuntime

/// A message that nobody could do, as an operator looks at it.
package struct DeadLetter: Sendable {
    package enum Content: Sendable {
        /// At least one: jobs that came in one message die together, though most of them may have been done.
        case jobs([Job])
        /// No job of ours: its first bytes, and how many there are in all.
        case undecodable(prefix: [UInt8], byteCount: UInt64)
    }

    /// How much is kept of a message that is no job.
    package static let prefixByteCount = 4096

    /// By this it is chosen: the id of its (first) job, or `message-` and 16 digits that depend on the bytes of a message that is no job.
    package let id: String
    package let content: Content
    package let death: JobDeath
    /// By the broker's clock, in whole seconds; nil when the broker does not say.
    package let diedAt: Timestamp?
    /// Names the message on the connection it came through.
    package let tag: UInt64

    package init(id: String, content: Content, death: JobDeath, diedAt: Timestamp?, tag: UInt64) {
        self.id = id
        self.content = content
        self.death = death
        self.diedAt = diedAt
        self.tag = tag
    }

    init(_ message: RabbitMQMessage, tag: UInt64, in topology: RabbitMQTopology) {
        self.tag = tag
        diedAt = message.death?.moment
        if message.byteCount <= JobCoding.maximumByteCount, let jobs = try? JobCoding.decodeAll(message.body) {
            id = jobs[0].id.rawValue
            content = .jobs(jobs)
            death = JobDeath(of: jobs[0], message.death, in: topology)
        } else {
            id = "message-\(Self.fingerprint(of: message.body, byteCount: message.byteCount))"
            content = .undecodable(prefix: Array(message.body.prefix(Self.prefixByteCount)), byteCount: message.byteCount)
            death = JobDeath(of: nil, message.death, in: topology)
        }
    }

    /// Empty for what is no job.
    package var jobs: [Job] { if case .jobs(let jobs) = content { jobs } else { [] } }

    /// Whether `id` is this letter's or that of a job in it.
    package func isCalled(_ id: String) -> Bool { self.id == id || jobs.contains { $0.id.rawValue == id } }

    /// FNV-1a (Fowler, Noll and Vo; 64 bits): tells messages apart, but is no protection against somebody who wants two to look alike.
    private static func fingerprint(of body: [UInt8], byteCount: UInt64) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ byteCount
        for byte in body { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
