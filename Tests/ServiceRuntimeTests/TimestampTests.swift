import Foundation
import Testing

@testable import ServiceRuntime

@Suite struct TimestampTests {
    private func foundation(_ milliseconds: Int64) -> String {
        // Whole seconds through Foundation, since its fractions are rounded by way of `Double`.
        let second = Int64((Double(milliseconds) / 1000).rounded(.down))
        let text = Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
        let fraction = milliseconds - second * 1000
        return text.dropLast() + "." + "00\(fraction)".suffix(3) + "Z"
    }

    @Test(arguments: [
        "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2000-02-29T12:00:00Z", "2000-03-01T00:00:00Z", "1900-02-28T23:59:59Z",
        "1900-03-01T00:00:00Z", "2024-02-29T23:59:59Z", "2024-12-31T23:59:59Z", "2038-01-19T03:14:08Z", "2100-02-28T23:59:59Z",
        "2100-03-01T00:00:00Z", "1600-02-29T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-31T12:00:00Z",
    ])
    func writesWhatFoundationWrites(text: String) throws {
        let date = try Date(text, strategy: .iso8601)
        for offset: Int64 in [0, 1, 9, 99, 500, 999] {
            let timestamp = Timestamp(milliseconds: Int64(date.timeIntervalSince1970) * 1000 + offset)
            #expect(timestamp.iso8601 == foundation(timestamp.milliseconds))
            #expect(timestamp.iso8601.hasPrefix(text.dropLast()))
        }
    }

    @Test func agreesWithFoundationAnywhere() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {  // from the calendar's introduction in 1582, before which Foundation counts otherwise
            let milliseconds = Int64.random(in: -12_200_000_000_000...253_402_300_799_999, using: &generator)
            #expect(Timestamp(milliseconds: milliseconds).iso8601 == foundation(milliseconds))
        }
    }

    @Test(arguments: [Int64.min, Int64.max, -62_167_219_200_001, 253_402_300_800_000])
    func writesTheImpossibleWithoutTrap(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601.hasSuffix("Z"))
    }

    @Test func writesYearsOfFiveDigits() {
        #expect(Timestamp(milliseconds: 253_402_300_800_000).iso8601 == "10000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: -62_167_219_200_001).iso8601 == "-1-12-31T23:59:59.999Z")
    }

    @Test func isANumberInJSON() throws {
        let timestamp = Timestamp(milliseconds: 1_769_860_800_123)
        let data = try JSONEncoder().encode([timestamp])
        #expect(String(decoding: data, as: UTF8.self) == "[1769860800123]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: data) == [timestamp])
    }

    @Test func countsTimeOn() {
        let moment = Timestamp(milliseconds: 1000)
        #expect(moment + .milliseconds(1500) == Timestamp(milliseconds: 2500))
        #expect((moment + .seconds(2)).since(moment) == .seconds(2))
        #expect(moment.since(moment + .seconds(2)) == .zero)
        #expect(moment < moment + .milliseconds(1))
    }

    @Test func knowsTheTime() {
        let difference = Double(Timestamp.now.milliseconds) / 1000 - Date().timeIntervalSince1970
        #expect(abs(difference) < 2)
    }
}
