extension Timestamp {
    /// "2026-01-31T12:00:00.123Z" (RFC 3339), which every log line and every answer about a job carries.
    ///
    /// Years that do not fit four digits take as many as they need.
    package var iso8601: String {
        let (second, millisecond) = milliseconds.floored(by: 1000)
        let (day, secondOfDay) = second.floored(by: 86_400)
        let date = CivilDate(daysSince1970: day)
        let hasFourDigits = 0...9999 ~= date.year
        let text = String(unsafeUninitializedCapacity: 24) { text in
            text.writeDecimal(hasFourDigits ? date.year : 0, in: 0..<4)
            text[4] = UInt8(ascii: "-")
            text.writeDecimal(date.month, in: 5..<7)
            text[7] = UInt8(ascii: "-")
            text.writeDecimal(date.day, in: 8..<10)
            text[10] = UInt8(ascii: "T")
            text.writeDecimal(secondOfDay / 3600, in: 11..<13)
            text[13] = UInt8(ascii: ":")
            text.writeDecimal(secondOfDay / 60 % 60, in: 14..<16)
            text[16] = UInt8(ascii: ":")
            text.writeDecimal(secondOfDay % 60, in: 17..<19)
            text[19] = UInt8(ascii: ".")
            text.writeDecimal(millisecond, in: 20..<23)
            text[23] = UInt8(ascii: "Z")
            return 24
        }
        return hasFourDigits ? text : "\(date.year)" + text.dropFirst(4)
    }
}

/// A day of the Gregorian calendar, also before it was introduced.
private struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    /// In whole numbers, after Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`civil_from_days`): years begin in March, so
    /// that the leap day is their last.
    init(daysSince1970 days: Int64) {
        let (era, dayOfEra) = (days + 719_468).floored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int64 {
    /// The quotient rounded down, and the remainder, which is never negative.
    fileprivate func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// The lowest digits of `value`, as many as fit, with zeros in front.
    fileprivate func writeDecimal(_ value: Int64, in places: Range<Int>) {
        var rest = value
        for place in places.reversed() {
            self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
