import Configuration
import Messaging
import ServiceRuntime

/// Whether RabbitMQ answers, has our queues, and somebody works on them.
enum RabbitMQChecks {
    static func run(reading config: ConfigReader) async -> [Check] {
        let configuration: RabbitMQConfiguration
        do {
            configuration = try RabbitMQConfiguration(reading: config)
        } catch {
            return [.fail("RabbitMQ", error)]
        }
        let address = "\(configuration.host):\(configuration.port)"
        do {
            return judge(try await RabbitMQServerInfo.read(from: configuration), address: address)
        } catch {
            return [unreachable(error, address: address)]
        }
    }

    static func unreachable(_ error: MessagingError, address: String) -> Check {
        let advice =
            switch error.code {
            case .accessRefused: "Check RABBITMQ_USER, RABBITMQ_PASSWORD (or RABBITMQ_PASSWORD_FILE) and RABBITMQ_VIRTUAL_HOST."
            case .untrusted: "Check RABBITMQ_CA_FILE and that RABBITMQ_HOST is a name in the broker's certificate."
            case .topologyMismatch:
                "Somebody declared our queues otherwise. Delete them, or choose other names with RABBITMQ_PREFIX."
            default: "Start RabbitMQ there, or say with RABBITMQ_HOST and RABBITMQ_PORT where it is."
            }
        return .fail("RabbitMQ", "\(address): \(error.message)", advice: advice)
    }

    static func judge(_ info: RabbitMQServerInfo, address: String) -> [Check] {
        [
            broker(product: info.product, version: info.version, address: address),
            topology(missing: info.missing),
            work(
                queues: info.queues.map {
                    .init(name: $0.name, messageCount: $0.messageCount, consumerCount: $0.consumerCount)
                }),
        ].compactMap { $0 }
    }

    /// Streams came with 3.9.
    static func broker(product: String, version: String, address: String) -> Check {
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 2, (numbers[0], numbers[1]) < (3, 9) else {
            return .ok("RabbitMQ", "\(product) \(version) at \(address)")
        }
        return .fail("RabbitMQ", "\(version) at \(address) has no streams", advice: "Use RabbitMQ 3.9 or newer.")
    }

    static func topology(missing: [String]) -> Check {
        guard !missing.isEmpty else { return .ok("queues", "all there") }
        return .warn(
            "queues", "missing: \(missing.joined(separator: ", "))",
            advice: "Start a gateway or a worker: they declare what is missing, unless RABBITMQ_DECLARE is false.")
    }

    struct Queue {
        let name: String
        let messageCount: Int
        let consumerCount: Int

        /// Work, as opposed to the stream of what was said and the jobs that nobody could do.
        var isWork: Bool { !name.hasSuffix("ratings.log") && !isDead }
        var isDead: Bool { name.hasSuffix("jobs.dead") }
    }

    /// - Returns: nil when there are no queues yet.
    static func work(queues: [Queue]) -> Check? {
        let work = queues.filter(\.isWork)
        guard !work.isEmpty else { return nil }
        let detail = work.map { "\($0.name) \($0.messageCount.grouped) waiting" }.joined(separator: ", ")
        guard work.allSatisfy({ $0.consumerCount > 0 }) else {
            return .warn("jobs", "\(detail); no worker takes them", advice: "Start a worker: kindred-worker")
        }
        let dead = queues.filter(\.isDead).reduce(0) { $0 + $1.messageCount }
        guard dead == 0 else {
            return .warn(
                "jobs", "\(detail); \(dead.grouped) could not be done",
                advice: "Look at them in the queue jobs.dead, and at the workers' logs.")
        }
        return .ok("jobs", detail)
    }
}
