import ArgumentParser
import NIOCore
import Testing

@testable import CLI

@Suite struct LoadOptionsTests {
    private func command(_ arguments: String...) throws -> LoadCommand {
        try #require(try Kindred.parseAsRoot(["load"] + arguments) as? LoadCommand)
    }

    @Test func hasDefaultsThatMakeSense() throws {
        let command = try command()
        #expect(command.url == "http://127.0.0.1:8080" && command.rate == 100 && command.duration.duration == .seconds(10))
        #expect(command.content.prefix == "load-" && command.settings.mix == .standard && command.settings.follow == 1)
        #expect(command.settings.arrivals == .constant && !command.failOnErrors && command.steps == nil)
    }

    @Test func readsOptions() throws {
        let command = try command(
            "--url", "http://[::1]:9000/base/", "--key", "k", "--rate", "2500", "--duration", "2m", "--warm-up", "500ms", "--mix",
            "rate=1", "--users", "7", "--prefix", "", "--skew", "0.9", "--seed", "5", "--arrivals", "poisson", "--connections",
            "8",
            "--follow", "10%", "--follow-by", "events", "--timeout", "3s", "--steps", "4", "--limit", "25", "--json",
            "--fail-on-errors")
        let settings = command.settings
        #expect(command.duration.duration == .seconds(120) && command.warmUp.duration == .milliseconds(500))
        #expect(settings.mix.shares.map(\.operation) == [.rate] && settings.skew == 0.9 && settings.seed == 5)
        #expect(settings.arrivals == .poisson && settings.connections == 8 && settings.follow == 0.1)
        #expect(settings.followBy == .events && settings.timeout == .seconds(3) && command.steps == 4 && command.limit == 25)
        #expect(command.content.users == 7 && command.content.prefix.isEmpty && command.options.isJSON && command.failOnErrors)
        let target = try command.target()
        #expect(target.host == "::1" && target.port == 9000 && target.authority == "[::1]:9000" && target.key == "k")
        #expect(target.url == "http://[::1]:9000/base")
    }

    @Test func followsAtMostTwoHundredJobsASecondUnasked() throws {
        #expect(try command("--rate", "1000", "--mix", "rate=1").settings.follow == 0.2)
        #expect(try command("--rate", "1000").settings.follow == 1)
        #expect(try command("--max").settings.follow == 0.05)
    }

    @Test(arguments: [
        ["--rate", "0"], ["--rate", "x"], ["--duration", "0"], ["--duration", "-1"], ["--mix", "nonsense=1"], ["--users", "0"],
        ["--skew", "-1"], ["--connections", "0"], ["--follow", "2"], ["--follow", "101%"], ["--steps", "0"], ["--limit", "0"],
        ["--max", "--steps", "3"], ["--arrivals", "never"], ["--items", "0"], ["--timeout", "0"],
    ])
    func refusesWhatMakesNoSense(arguments: [String]) {
        #expect(throws: (any Error).self) { try Kindred.parseAsRoot(["load"] + arguments) }
    }

    @Test(arguments: [
        "", "nonsense", "ftp://x", "http://", "http://x:0", "http://x:99999", "http://x?y", "http://u@x", "127.0.0.1:8080",
    ])
    func refusesWhatIsNoAddress(url: String) throws {
        #expect(throws: LoadTarget.Problem.notURL) { try LoadTarget(url: url) }
    }

    @Test func saysWhatToDoAboutEncryption() throws {
        let program = try CommandLineProgram()
        defer { program.remove() }
        let outcome = try program.run("load", "--url", "https://example.org")
        #expect(outcome.exitCode == 2 && outcome.errors.contains("proxy") && outcome.output.isEmpty)
    }

    @Test func saysWhatToDoWhenNothingAnswers() async throws {
        let server = try await LoadTestServer { _ in .init() }
        await server.close()
        let program = try CommandLineProgram()
        defer { program.remove() }
        let outcome = try program.run("load", "--url", "http://127.0.0.1:\(server.port)")
        #expect(outcome.exitCode == 1 && outcome.errors.contains("does not answer") && outcome.errors.contains("--url"))
    }

    @Test func findsMembersInWhatIsCutOff() {
        func answer(_ body: String) -> LoadAnswer { LoadAnswer(status: 200, location: nil, body: ByteBuffer(string: body)) }
        #expect(answer(#"{"id":"status","status" : "queued","x":"#).string(named: "status") == "queued")
        #expect(answer(#"{"status":503,"code":"a_b"}"#).string(named: "code") == "a_b")
        #expect(answer(#"{"status":503,"x":{"status":"y"}}"#).string(named: "status") == "y")
        #expect(answer(#"{"status":"que"#).string(named: "status") == nil && answer("").string(named: "status") == nil)
        #expect(LoadAnswer(status: 202, location: "http://x/v1/jobs/abc", body: ByteBuffer()).job == "abc")
    }
}
