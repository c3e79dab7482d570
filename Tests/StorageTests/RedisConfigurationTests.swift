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

    @Test func oneRedisHasBothRolesUnlessTwoAreNamed() throws {
        let one = try RedisRoles(reading: reader(["REDIS_HOST": "data", "REDIS_PASSWORD": "secret"]))
        #expect(one.cache == nil && one[.cache].host == "data")
        let two = try RedisRoles(
            reading: reader([
                "REDIS_HOST": "data", "REDIS_PORT": "1", "REDIS_PASSWORD": "secret", "REDIS_CLIENT_NAME": "worker-1",
                "REDIS_COMMAND_TIMEOUT": "400", "REDIS_CACHE_HOST": "cache", "REDIS_CACHE_USER": "someone",
                "REDIS_CACHE_PASSWORD": "other", "REDIS_CACHE_DATABASE": "3",
            ]))
        #expect(two.data.host == "data" && two.data.password == "secret")
        let cache = two[.cache]
        #expect(cache.host == "cache" && cache.port == 6379 && cache.database == 3)
        #expect(cache.user == "someone" && cache.password == "other")
        #expect(cache.clientName == "worker-1" && cache.commandTimeout == .milliseconds(400))
    }

    @Test(arguments: ["PORT", "USER", "PASSWORD", "PASSWORD_FILE", "DATABASE"])
    func aCacheWithoutAHostIsAMistake(_ name: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try RedisRoles(reading: reader(["REDIS_CACHE_\(name)": "1"]))
        }
        #expect(error?.variable == "REDIS_CACHE_\(name)")
    }

    @Test func readsTheAddressesOfSentinels() throws {
        let configuration = try RedisConfiguration(
            reading: reader([
                "REDIS_SENTINELS": "a:1, b ,[::1]:2", "REDIS_SENTINEL_MASTER": "kindred", "REDIS_SENTINEL_PASSWORD": "hush",
            ]))
        #expect(configuration.sentinels.map(\.description) == ["a:1", "b:26379", "[::1]:2"])
        #expect(configuration.sentinelMaster == "kindred" && configuration.sentinelPassword == "hush")
        #expect(configuration.description == "kindred/0 of the sentinels a:1,b:26379,[::1]:2")
        #expect(try RedisConfiguration(reading: reader([:])).sentinels.isEmpty)
    }

    @Test(arguments: ["a:b", "a:0", "a:70000", ":1", "a:1,a b:2x", "[::1]2"]) func refusesWhatIsNoAddress(_ text: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try RedisConfiguration(reading: reader(["REDIS_SENTINELS": text]))
        }
        #expect(error?.variable == "REDIS_SENTINELS")
    }

    private func reader(_ variables: [String: String]) -> ConfigReader {
        ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
    }
}
