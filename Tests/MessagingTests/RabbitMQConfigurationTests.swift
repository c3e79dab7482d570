import Configuration
import ServiceRuntime
import Testing

@testable import Messaging

@Suite struct RabbitMQConfigurationTests {
    @Test func readsItsScope() throws {
        let configuration = try RabbitMQConfiguration(
            reading: ConfigReader(
                provider: InMemoryProvider(values: [
                    "rabbitmq.host": "broker", "rabbitmq.port": 5673, "rabbitmq.password": "s3cret", "rabbitmq.declare": "false",
                    "rabbitmq.publishTimeout": 1500, "rabbitmq.heartbeat": 20, "rabbitmq.virtualHost": "kindred",
                ])))
        #expect(configuration.host == "broker")
        #expect(configuration.port == 5673)
        #expect(configuration.password == "s3cret")
        #expect(!configuration.declares)
        #expect(configuration.publishTimeout == .milliseconds(1500))
        #expect(configuration.heartbeat == .seconds(20))
        #expect(configuration.virtualHost == "kindred")
        #expect(configuration.prefetch == RabbitMQConfiguration().prefetch)
    }

    @Test func readsHowToBeSafe() throws {
        let plain = try RabbitMQConfiguration(reading: ConfigReader(provider: InMemoryProvider(values: [:])))
        #expect(plain.tls == nil)
        #expect(plain.port == 5672)
        let oneSided = try configuration(["tls": "true", "caFile": "/ca.pem"])
        #expect(oneSided.port == 5671)
        #expect(oneSided.tls?.authorityFile == "/ca.pem")
        #expect(oneSided.tls?.identity == nil)
        let mutual = try configuration([
            "tls": "true", "caFile": "/ca.pem", "certificateFile": "/us.pem", "keyFile": "/us-key.pem", "port": "5700",
        ])
        #expect(mutual.port == 5700)
        #expect(mutual.tls?.identity?.certificateFile == "/us.pem")
        #expect(mutual.tls?.identity?.keyFile == "/us-key.pem")
    }

    @Test func refusesHalfOfWhatSafetyTakes() {
        #expect { try configuration(["tls": "true"]) } throws: { "\($0)".hasPrefix("RABBITMQ_CA_FILE is missing") }
        for half in ["certificateFile", "keyFile"] {
            #expect(throws: ConfigurationError.self) { try configuration(["tls": "true", "caFile": "/ca.pem", half: "/us.pem"]) }
        }
    }

    private func configuration(_ settings: [String: String]) throws -> RabbitMQConfiguration {
        let values = settings.map { (AbsoluteConfigKey(["rabbitmq", $0.key]), ConfigValue(stringLiteral: $0.value)) }
        let provider = InMemoryProvider(values: Dictionary(uniqueKeysWithValues: values))
        return try RabbitMQConfiguration(reading: ConfigReader(provider: provider))
    }

    @Test(arguments: ["port", "prefetch", "publishWindow", "heartbeat"])
    func refusesNumbersOutOfRange(_ key: String) {
        let config = ConfigReader(provider: InMemoryProvider(values: [AbsoluteConfigKey(["rabbitmq", key]): 0]))
        #expect(throws: ConfigurationError.self) { try RabbitMQConfiguration(reading: config) }
    }
}
