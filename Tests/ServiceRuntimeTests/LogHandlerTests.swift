import Foundation
import Logging
import Synchronization
import Testing

@testable import ServiceRuntime

@Suite struct LogHandlerTests {
    private let output = CollectedOutput()

    private func jsonLogger(_ label: String = "gateway") -> Logger {
        Logger(label: label) { label in
            JSONLogHandler(label: label, level: .debug, output: output, now: { Timestamp(milliseconds: 1_769_860_800_123) })
        }
    }

    private func textLogger(hasColours: Bool = false) -> Logger {
        Logger(label: "gateway") { label in
            TextLogHandler(
                label: label, level: .debug, hasColours: hasColours, output: output,
                now: { Timestamp(milliseconds: 1_769_860_800_123) })
        }
    }

    private func object() throws -> [String: Any] {
        let records = output.records
        #expect(records.count == 1)
        let record = try #require(records.first)
        #expect(record.last == UInt8(ascii: "\n") && record.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        return try #require(try JSONSerialization.jsonObject(with: Data(record)) as? [String: Any])
    }

    @Test func writesARecordAsOneLineOfJSON() throws {
        var logger = jsonLogger()
        logger[metadataKey: LogKey.queue] = "ratings.apply"
        logger.info("Job finished", metadata: [LogKey.jobID: "01abc", LogKey.count: "\(3)"])
        let line = String(decoding: try #require(output.records.first), as: UTF8.self)
        #expect(
            line == """
                {"time":"2026-01-31T12:00:00.123Z","level":"info","message":"Job finished","logger":"gateway",\
                "count":"3","job.id":"01abc","rabbitmq.queue":"ratings.apply"}

                """)
    }

    static let hostile = [
        "\n{\"level\":\"critical\",\"message\":\"forged\"}\n", "\r\n", "\"", "\\", "\\\"", "\0\u{1}\u{1F}\u{7F}\u{9B}",
        "\u{2028}\u{2029}",
        "日本語 🎬 é", "\u{1B}[31mred", "\u{FFFD}", "\t", String(repeating: "x", count: 100_000),
        String(decoding: [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x41] as [UInt8], as: UTF8.self),
    ]

    @Test(arguments: hostile) func keepsHostileValuesOnTheLine(value: String) throws {
        jsonLogger(value).warning("\(value)", metadata: [value: "\(value)"])
        let object = try object()
        #expect(object["message"] as? String == value)
        #expect(object["logger"] as? String == value)
        #expect(object[value] as? String == value)
        #expect(object["level"] as? String == "warning")
        #expect(object.count == 5)
    }

    @Test func metadataCannotPassForTheRecordsOwnFields() throws {
        jsonLogger().info("True", metadata: ["level": "critical", "message": "false", "time": "never"])
        let object = try object()
        #expect(object["level"] as? String == "info" && object["message"] as? String == "True")
        #expect(object["metadata.level"] as? String == "critical" && object["metadata.message"] as? String == "false")
    }

    @Test func flattensDictionariesAndKeepsArrays() throws {
        jsonLogger().info(
            "x", metadata: ["user": ["id": "7", "name": ["first": "A"]], "items": ["1", ["a": "b\n"]], "empty": [:]])
        let object = try object()
        #expect(object["user.id"] as? String == "7" && object["user.name.first"] as? String == "A")
        let items = try #require(object["items"] as? [Any])
        #expect(items[0] as? String == "1" && items[1] as? [String: String] == ["a": "b\n"])
        #expect(object["user"] == nil && object["empty"] != nil)
    }

    @Test func theCallsMetadataOverridesTheLoggers() throws {
        var logger = jsonLogger()
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "b"] = "logger"
        logger.info("x", metadata: ["a": "call"])
        let object = try object()
        #expect(object["a"] as? String == "call" && object["b"] as? String == "logger")
    }

    @Test func showsTheError() throws {
        jsonLogger().error("Failed", error: Refusal.closed("the\ndoor"))
        let object = try object()
        #expect((object["error"] as? String)?.contains("closed") == true)
        #expect((object["error.type"] as? String)?.contains("Refusal") == true)
    }

    @Test func writesTextInColumns() throws {
        textLogger().warning("Connection lost", metadata: [LogKey.host: "redis", "quoted": "two words", "sign": "a=\"b\""])
        let line = String(decoding: try #require(output.records.first), as: UTF8.self)
        #expect(
            line == """
                12:00:00.123Z WARN  gateway            Connection lost quoted="two words" server.host=redis sign="a=\\"b\\""

                """)
    }

    @Test(arguments: hostile) func textStaysOnItsLineAndMovesNoCursor(value: String) throws {
        textLogger().error("\(value)", metadata: ["key": "\(value)", value: "x"])
        let record = try #require(output.records.first)
        let text = String(decoding: record, as: UTF8.self)
        #expect(text.unicodeScalars.dropLast().allSatisfy { !$0.endsOrHidesLines })
        #expect(record.last == UInt8(ascii: "\n"))
    }

    @Test func coloursOnlyWhenTold() throws {
        textLogger(hasColours: true).error("x")
        textLogger(hasColours: false).error("x")
        let lines = output.records.map { String(decoding: $0, as: UTF8.self) }
        #expect(lines[0].contains("\u{1B}[31mERROR\u{1B}[0m"))
        #expect(!lines[1].contains("\u{1B}"))
    }

    @Test func leavesOutWhatIsBelowTheLevel() {
        jsonLogger().trace("x")
        #expect(output.records.isEmpty)
    }
}

private enum Refusal: Error {
    case closed(String)
}

private final class CollectedOutput: LogOutput {
    private let collected = Mutex<[[UInt8]]>([])
    var records: [[UInt8]] { collected.withLock { $0 } }
    func write(_ record: [UInt8]) { collected.withLock { $0.append(record) } }
}
