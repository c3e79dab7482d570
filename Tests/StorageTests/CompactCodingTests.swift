import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct CompactCodingTests {
    @Test func isReadable() throws {
        var writer = CompactWriter(prefix: "99", capacity: 10)
        try list(["50"], seen: .at(1)).write(to: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            text == """
                99[1,1,"user-neighbors","pearson",null,50,"000000000010000000000001",\
                [["50",17.25,4.3125,62.5,[["b50",4.5],["c",5.0]]]]]
                """)
    }

    @Test func recordsOfBeforeAreReadAndWrittenAsBefore() throws {
        let id = try #require(JobID("01jz2qv7m9d4k8w3x6y5t0b1ch"))
        let text =
            #"[1,"01jz2qv7m9d4k8w3x6y5t0b1ch","recommendations","queued",0,"ann",5,null,null,30005,["#
            + #""recommendations",7,null,null,null,null],null,null]"#
        var reader = CompactReader(Array(text.utf8)[...], from: 0)
        var record = try JobRecord(reading: &reader)
        #expect(record.id == id && record.lane == .interactive)
        var writer = CompactWriter(prefix: "", capacity: 0)
        record.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)

        record.lane = .batch
        writer = CompactWriter(prefix: "", capacity: 0)
        record.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[2" + text.dropFirst(2).dropLast() + #","batch"]"#)
        reader = CompactReader(writer.bytes[...], from: 0)
        #expect(try JobRecord(reading: &reader) == record)
        reader = CompactReader(Array("[3".utf8) + writer.bytes.dropFirst(2)[...], from: 0)
        #expect(throws: CompactReader.Mismatch.self) { try JobRecord(reading: &reader) }
    }

    @Test func anyTextComesBackByteForByte() throws {
        var generator = SeededGenerator(seed: 1)
        for text in HostileIdentifierTests.texts + (0..<500).map({ _ in randomText(using: &generator) }) {
            var writer = CompactWriter(prefix: "", capacity: 0)
            writer.array { $0.write(text) }
            var reader = CompactReader(writer.bytes[...], from: 0)
            let read = try reader.array { try $0.string() }
            #expect(Array(read.utf8) == Array(text.utf8) && reader.isAtEnd)
        }
    }

    @Test func anyNumberComesBackBitForBit() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            var writer = CompactWriter(prefix: "", capacity: 0)
            writer.array { $0.write(number) }
            var reader = CompactReader(writer.bytes[...], from: 0)
            #expect(try reader.array { try $0.double() }.bitPattern == number.bitPattern)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersThatJSONLacksAreNotWritten(_ number: Double) async throws {
        var writer = CompactWriter(prefix: "", capacity: 0)
        writer.write(number)
        #expect(!writer.isValid)
    }

    @Test func damageIsNoticedOrHarmlessButNeverFatal() throws {
        var generator = SeededGenerator(seed: 3)
        var record = job(.random(), .succeeded, attempt: 1, user: try someUser("\"\\\n"))
        record.result = .recommendations(try list(seen: .at(9)))
        var writer = CompactWriter(prefix: "99", capacity: 0)
        record.write(to: &writer)
        for end in 0..<writer.bytes.count {
            var reader = CompactReader(Array(writer.bytes[..<end])[...], from: 2)
            #expect(throws: (any Error).self) { try JobRecord(reading: &reader) }
        }
        for _ in 0..<20_000 {
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            var reader = CompactReader(bytes[...], from: 2)
            _ = try? JobRecord(reading: &reader)
        }
    }

    private func randomText(using generator: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
            Unicode.Scalar(UInt32.random(in: 0...0xFFFF, using: &generator)) ?? "\""
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
