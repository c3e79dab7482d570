import Foundation
import Generations
import Hummingbird
import Testing

@testable import Gateway

@Suite struct EvaluationRouteTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kindred-evaluation-\(UUID().uuidString)")
    let gateway: TestGateway

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var configuration = GatewayConfiguration()
        configuration.data.modelsFolder = folder.path(percentEncoded: false)
        gateway = TestGateway(configuration: configuration)
    }

    /// Replaces the file, as everything of ours does.
    private func write(_ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: "evaluation.json"), options: .atomic)
    }

    private func ask() async throws -> TestAnswer { try await gateway.send(.get, "/v1/evaluation") }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    @Test func showsTheReportAsItStandsInTheFile() async throws {
        defer { remove() }
        let text = #"{ "format": "kindred-evaluation/1", "algorithms": [{"name": "ease"}] }"# + "\n"
        try write(text)
        let answer = try await ask()
        #expect(answer.status == 200 && answer.text == text)
        #expect(answer.header("Content-Type") == "application/json")
    }

    @Test func saysHowToMakeAReportWhereThereIsNone() async throws {
        defer { remove() }
        let answer = try await ask()
        #expect(answer.status == 404 && answer.code == "no_evaluation")
        #expect(answer["detail"]?.string?.contains("kindred evaluate --output") == true)
        #expect(!answer.text.contains(folder.lastPathComponent))
        try FileManager.default.removeItem(at: folder)
        #expect(try await ask().code == "no_evaluation")
    }

    @Test func findsEveryNewReport() async throws {
        defer { remove() }
        for number in [1, 2, 2, 3] {
            // All of the same length.
            try write(#"{"format":"kindred-evaluation/1","n":\#(number)}"#)
            for _ in 0..<2 { #expect(try await ask()["n"] == .number(Double(number))) }
        }
        try write("oops")
        for _ in 0..<2 { #expect(try await ask().code == "unreadable_evaluation") }
        try FileManager.default.removeItem(at: folder.appending(path: "evaluation.json"))
        #expect(try await ask().code == "no_evaluation")
        try write(#"{"format":"kindred-evaluation/2"}"#)
        #expect(try await ask().status == 200)
    }

    @Test(arguments: [
        ("", "no JSON"), ("{", "no JSON"), (#"{"format":"kindred-evaluation/1"} x"#, "no JSON"), ("[]", "no report"),
        ("{}", "no report"), (#"{"format":1}"#, "no report"), (#"{"format":"kindred-tuning/1"}"#, "no report"),
        (#"{"format":"kindred-evaluation/1"}"# + String(repeating: " ", count: 1 << 20), "1048576 are allowed"),
    ])
    func saysWhyAFileCannotBeUsed(text: String, reason: String) async throws {
        defer { remove() }
        try write(text)
        let answer = try await ask()
        #expect(answer.status == 500 && answer.code == "unreadable_evaluation")
        #expect(answer["detail"]?.string?.contains(reason) == true, "\(answer.text)")
        #expect(answer["detail"]?.string?.contains("kindred evaluate --output") == true)
    }

    @Test(.timeLimit(.minutes(1))) func doesNotWaitForAPipeOrReadAFolder() async throws {
        defer { remove() }
        let path = folder.appending(path: "evaluation.json").path(percentEncoded: false)
        try #require(mkfifo(path, 0o600) == 0)
        #expect(try await ask().code == "unreadable_evaluation")
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(try await ask().code == "unreadable_evaluation")
    }
}
