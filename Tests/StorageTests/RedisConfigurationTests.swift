import Configuration
import ServiceRuntime
import Testing

@testable import Storage

@Suite struct RedisConfigurationTests {
    @Test func readsTheEnvironmentByTheNamesThatOperatorsUse() throws {
        let configuration = try RedisConfiguration(
            reading: reader([
                "REDIS_HOST": "redis.kindred", "REDIS_PORT": "6380", "REDIS_USER": "worker", "REDIS_PASSWORD": "secret",
                "REDIS_DATABASE": "2", "REDIS_CLIENT_NAME": "worker-1", "REDIS_CONNECT_TIMEOUT": "300",
                "REDIS_COMMAND_TIMEOUT": "400",
                "REDIS_MAXIMUM_WAITING": "5",
            ]))
        #expect(configuration.host == "redis.kindred" && configuration.port == 6380 && configuration.database == 2)
        #expect(configuration.user == "worker" && configuration.password == "secret")
        #expect(configuration.clientName == "worker-1" && configuration.maximumWaiting == 5)
        #expect(configuration.connectTimeout == .milliseconds(300) && configuration.commandTimeout == .milliseconds(400))
    }

    @Test func isAtHomeWithoutSettings() throws {
        let configuration = try RedisConfiguration(reading: reader([:]))
        #expect(configuration.host == "127.0.0.1" && configuration.port == 6379 && configuration.commandTimeout == .seconds(2))
        #expect(configuration.user == nil && configuration.password == nil)
    }

    @Test func namesTheSettingThatItCannotUse() {
        let error = #expect(throws: ConfigurationError.self) {
            try RedisConfiguration(reading: reader(["REDIS_COMMAND_TIMEOUT": "0"]))
        }
        #expect(error?.variable == "REDIS_COMMAND_TIMEOUT")
    }

    @Test func neverShowsThePassword() throws {
        let configuration = try RedisConfiguration(reading: reader(["REDIS_PASSWORD": "hush"]))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration)\(String(reflecting: configuration))\(dumped)".contains("hush"))
    }

    private func reader(_ variables: [String: String]) -> ConfigReader {
        ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
    }
}
