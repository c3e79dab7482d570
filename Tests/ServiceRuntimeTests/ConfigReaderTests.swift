import Configuration
import Foundation
import Testing

@testable import ServiceRuntime

@Suite struct ConfigReaderTests {
    private func reader(_ variables: [String: String]) -> ConfigReader {
        ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
    }

    private func problem<Value>(_ body: () throws(ConfigurationError) -> Value) -> ConfigurationError? {
        do throws(ConfigurationError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func readsValues() throws {
        let config = reader([
            "HTTP_PORT": "8081", "WAIT_MS": "250", "TTL": "60", "REFRESH": "No", "SHARE": "0.25", "NAME": "x", "EMPTY": "",
            "LOG_FORMAT": "JSON",
        ])
        #expect(try config.port(forKey: "http.port", default: 1) == 8081)
        #expect(try config.milliseconds(forKey: "wait.ms", default: .zero, in: .zero ... .seconds(1)) == .milliseconds(250))
        #expect(try config.seconds(forKey: "ttl", default: .zero, in: .zero ... .seconds(100)) == .seconds(60))
        #expect(try !config.flag(forKey: "refresh", default: true))
        #expect(config.text(forKey: "name") == "x")
        #expect(try config.choice(forKey: "log.format", default: Telemetry.LogFormat.text) == .json)
    }

    @Test func takesTheDefaultForWhatIsNotSetOrEmpty() throws {
        for config in [reader([:]), reader(["A": ""])] {
            #expect(try config.integer(forKey: "a", default: 7, in: 0...9) == 7)
            #expect(try config.flag(forKey: "a", default: true))
            #expect(config.text(forKey: "a") == nil && config.text(forKey: "a", default: "z") == "z")
            #expect(try config.secret(forKey: "a") == nil)
            #expect(try config.choice(forKey: "a", default: Telemetry.LogFormat.text) == .text)
        }
    }

    @Test func readsTheNumbersOfInMemorySettings() throws {
        let config = ConfigReader(provider: InMemoryProvider(values: ["port": 8080, "on": true]))
        #expect(try config.port(forKey: "port", default: 1) == 8080)
        #expect(try config.flag(forKey: "on", default: false))
    }

    @Test(arguments: ["abc", "0", "65536", "-1", "8080 ", "0x50", "99999999999999999999"])
    func refusesAPort(text: String) throws {
        let config = reader(["REDIS_PORT": text]).scoped(to: "redis")
        let error = try #require(problem { () throws(ConfigurationError) in try config.port(forKey: "port", default: 6379) })
        #expect(error.variable == "REDIS_PORT")
        #expect(error.description.contains("1 to 65535") && error.description.contains("6379"))
    }

    @Test func saysWhatIsWrong() {
        let config = reader(["A": "x", "REFRESH": "maybe"])
        #expect(
            problem { () throws(ConfigurationError) in try config.integer(forKey: "a", default: 3, in: 1...5) }?.description
                == "A is \"x\", which is no whole number. Set it to a number from 1 to 5, or leave it out for 3.")
        #expect(
            problem { () throws(ConfigurationError) in try config.flag(forKey: "refresh", default: true) }?.description
                == "REFRESH is \"maybe\", which is neither yes nor no. Set it to true or false, or leave it out for true.")
        #expect(
            problem { () throws(ConfigurationError) in try config.choice(forKey: "a", default: Telemetry.LogFormat.text) }?
                .description
                == "A is \"x\", which is none of the choices. Set it to json, text, or leave it out for text.")
    }

    @Test func namesTheVariable() {
        let config = reader([:])
        #expect(config.variable(forKey: "redis.password") == "REDIS_PASSWORD")
        #expect(config.variable(forKey: "jobs.maxAttempts") == "JOBS_MAX_ATTEMPTS")
        #expect(config.scoped(to: "redis").variable(forKey: "password-file") == "REDIS_PASSWORD_FILE")
        #expect(config.scoped(to: "a").scoped(to: "bC.d").variable(forKey: "e") == "A_B_C_D_E")
    }

    @Test func readsASecretFromItsVariable() throws {
        #expect(try reader(["REDIS_PASSWORD": "pässword\n"]).secret(forKey: "redis.password") == "pässword\n")
        #expect(try reader(["REDIS_PASSWORD": "x"]).scoped(to: "redis").secret(forKey: "password") == "x")
        #expect(try reader([:]).secret(forKey: "redis.password") == nil)
    }

    @Test(arguments: [
        ("secret\n", "secret"), ("secret", "secret"), ("secret\r\n", "secret"), ("two\n\n", "two\n"), (" a b ", " a b "),
    ])
    func readsASecretFromItsFile(content: String, secret: String) throws {
        try withFile(Data(content.utf8)) { path in
            let read = try reader(["REDIS_PASSWORD_FILE": path]).scoped(to: "redis").secret(forKey: "password")
            #expect(read == secret)
        }
    }

    @Test(arguments: [Data(), Data("\n".utf8), Data([0xFF, 0xFE]), Data(repeating: 65, count: 70_000)])
    func refusesAFileWithoutASecret(content: Data) throws {
        try withFile(content) { path in
            let config = reader(["REDIS_PASSWORD_FILE": path])
            let error = try #require(problem { () throws(ConfigurationError) in try config.secret(forKey: "redis.password") })
            #expect(error.variable == "REDIS_PASSWORD_FILE")
            #expect(!error.description.contains("AAAA"))
        }
    }

    @Test func saysWhichFileCannotBeRead() throws {
        let config = reader(["REDIS_PASSWORD_FILE": "/nonexistent/secret"])
        let error = try #require(problem { () throws(ConfigurationError) in try config.secret(forKey: "redis.password") })
        #expect(
            error.description == """
                REDIS_PASSWORD_FILE names /nonexistent/secret, which cannot be read: No such file or directory. \
                Mount the secret there, readable for this process.
                """)
    }

    @Test func refusesTwoSecretsAtOnce() throws {
        let config = reader(["P": "geheim", "P_FILE": "/nonexistent"])
        let error = try #require(problem { () throws(ConfigurationError) in try config.secret(forKey: "p") })
        #expect(error.description.contains("P and P_FILE") && !error.description.contains("geheim"))
    }

    private func withFile(_ content: Data, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("kindred-\(UUID().uuidString)").path
        try content.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }
}
