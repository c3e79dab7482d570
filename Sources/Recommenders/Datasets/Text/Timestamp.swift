/// A moment as data sets write it, in seconds since 1970.
enum Timestamp {
    /// From a number of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size: seconds have at most
    /// 11 digits (until the year 5138), milliseconds 12 to 14, and so on. A fraction of a second is left out.
    ///
    /// - Returns: nil when the field is no such number; moments before 1970 and after 2106 are brought to the nearest that 32 bits hold.
    static func seconds(in range: Range<Int>, of bytes: Span<UInt8>) -> UInt32? {
        var whole = range
        if let point = range.first(where: { bytes[$0] == UInt8(ascii: ".") }) {
            guard (point + 1..<range.upperBound).allSatisfy({ isDigit(bytes[$0]) }) else { return nil }
            whole = range.lowerBound..<point
        }
        guard let number = bytes.integer(in: whole) else { return nil }
        return seconds(number)
    }

    static func seconds(_ number: Int64) -> UInt32 {
        let unit: Int64 =
            switch number.magnitude {
            case ..<100_000_000_000: 1
            case ..<100_000_000_000_000: 1000
            case ..<100_000_000_000_000_000: 1_000_000
            default: 1_000_000_000
            }
        return UInt32(clamping: number / unit)
    }

    /// From an ISO 8601 date, perhaps with a time: "2005-04-02", "2005-04-02 23:53:47", "2005-04-02T23:53:47.5Z", "…+02:00". Without
    /// an offset it is taken as UTC.
    static func secondsOfDate(in range: Range<Int>, of bytes: Span<UInt8>) -> UInt32? {
        var reader = DigitReader(bytes: bytes.copy(of: range))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), 1...12 ~= month, reader.take("-"),
            let day = reader.number(2), 1...31 ~= day
        else { return nil }
        var seconds = Int64(days(year, month, day)) * 86_400
        if reader.isAtEnd { return UInt32(clamping: seconds) }
        guard reader.take("T") || reader.take(" "), let hour = reader.number(2), hour <= 24, reader.take(":"),
            let minute = reader.number(2), minute < 60
        else { return nil }
        seconds += Int64(hour * 3600 + minute * 60)
        if reader.take(":") {
            guard let second = reader.number(2), second <= 60 else { return nil }
            seconds += Int64(second)
            if reader.take(".") {
                guard reader.number(1) != nil else { return nil }
                while reader.number(1) != nil {}
            }
        }
        if reader.take("Z") { return reader.isAtEnd ? UInt32(clamping: seconds) : nil }
        for (sign, direction) in [("+", -1), ("-", 1)] as [(Unicode.Scalar, Int64)] where reader.take(sign) {
            guard let hours = reader.number(2), hours <= 18 else { return nil }
            _ = reader.take(":")
            let minutes = reader.number(2) ?? 0
            seconds += direction * Int64(hours * 3600 + minutes * 60)
        }
        return reader.isAtEnd ? UInt32(clamping: seconds) : nil
    }

    /// Days from 1 January 1970 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Takes a text apart from its front.
    private struct DigitReader {
        let bytes: [UInt8]
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        /// Exactly so many digits.
        mutating func number(_ count: Int) -> Int? {
            guard place + count <= bytes.count else { return nil }
            var number = 0
            for digit in place..<place + count {
                guard Timestamp.isDigit(bytes[digit]) else { return nil }
                number = number * 10 + Int(bytes[digit] - UInt8(ascii: "0"))
            }
            place += count
            return number
        }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard place < bytes.count, UInt32(bytes[place]) == scalar.value else { return false }
            place += 1
            return true
        }
    }
}
