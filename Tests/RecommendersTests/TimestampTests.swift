import Testing

@testable import Recommenders

@Suite struct TimestampTests {
    private func seconds(_ text: String) -> UInt32? {
        let bytes = Array("<\(text)>".utf8)
        let range = 1..<bytes.count - 1
        return Timestamp.seconds(in: range, of: bytes.span) ?? Timestamp.secondsOfDate(in: range, of: bytes.span)
    }

    @Test(
        arguments: [
            ("0", 0), ("1475728437", 1_475_728_437), ("1475728437.75", 1_475_728_437), ("-5", 0), ("4294967296", .max),
            ("99999999999", .max), ("1475728437123", 1_475_728_437), ("1475728437123456", 1_475_728_437),
            ("147572843712345678", 147_572_843), ("1970-01-01", 0), ("1969-12-31", 0), ("2000-02-29", 951_782_400),
            ("2005-04-02 23:53:47", 1_112_486_027), ("2005-04-02T23:53:47Z", 1_112_486_027),
            ("2005-04-02T23:53:47.123Z", 1_112_486_027), ("2005-04-03T01:53:47+02:00", 1_112_486_027),
            ("2005-04-02T18:53:47-0500", 1_112_486_027), ("2005-04-02T23:53", 1_112_485_980), ("2106-02-08", .max),
        ] as [(String, UInt32)]) func readsSecondsFinerUnitsAndDates(text: String, expected: UInt32)
    {
        #expect(seconds(text) == expected)
    }

    @Test(arguments: [
        "", "-", ".", "1.x", "soon", "2005-4-2", "2005-13-01", "2005-04-32", "2005-04-02T", "2005-04-02T25:00",
        "2005-04-02T23:53:47ZZ",
        "2005-04-02T23:53:47.", "2005-04-02 23:53:47+", "20050402T12", "2005-04-02x",
    ]) func refusesWhatIsNoTime(text: String) {
        #expect(seconds(text) == nil)
    }
}
