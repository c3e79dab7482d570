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

    @Test(arguments: ["port", "prefetch", "publishWindow", "heartbeat"])
    func refusesNumbersOutOfRange(_ key: String) {
        let config = ConfigReader(provider: InMemoryProvider(values: [AbsoluteConfigKey(["rabbitmq", key]): 0]))
        #expect(throws: ConfigurationError.self) { try RabbitMQConfiguration(reading: config) }
    }
}
