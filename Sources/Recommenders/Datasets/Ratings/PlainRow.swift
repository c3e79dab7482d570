/// A row of the plainest kind, `digits,digits,digit.digit,digits`, which nearly every row of nearly every file is.
struct PlainRow {
    var user: UInt32 = 0
    var item: UInt32 = 0
    /// The rating in tenths, below 100.
    var tenths = 0
    /// Seconds since 1970.
    var time: UInt32 = 0

    /// How plain rows of one file look.
    struct Form {
        let separator: UInt8
        let isDoubled: Bool
        let hasRating: Bool
        let hasTime: Bool

        /// - Returns: nil where the file cannot have plain rows.
        init?(_ layout: RatingLayout) {
            guard layout.isPlain else { return nil }
            separator = layout.separator.byte
            isDoubled = layout.separator.length == 2
            hasRating = layout.rating != nil
            hasTime = layout.time != nil
        }
    }

    /// Reads the row that starts at `place`, and leaves `place` behind its line's end.
    ///
    /// - Returns: whether it is a plain row; if not, it is to be read with more care.
    /// - Precondition: a line feed stands at or behind `place`; no byte behind that one is looked at.
    @inline(__always) mutating func read(_ bytes: UnsafePointer<UInt8>, at place: inout Int, as form: Form) -> Bool {
        var next = place
        guard Self.small(bytes, &next, &user), Self.separator(bytes, &next, form), Self.small(bytes, &next, &item) else {
            return false
        }
        if form.hasRating {
            guard Self.separator(bytes, &next, form) else { return false }
            let whole = bytes[next] &- 0x30
            guard whole < 10 else { return false }
            next += 1
            tenths = 10 * Int(whole)
            if bytes[next] == UInt8(ascii: ".") {
                let tenth = bytes[next + 1] &- 0x30
                guard tenth < 10 else { return false }
                next += 2
                tenths += Int(tenth)
            }
        }
        if form.hasTime {
            guard Self.separator(bytes, &next, form) else { return false }
            let start = next
            var seconds: UInt64 = 0
            while true {
                let digit = bytes[next] &- 0x30
                guard digit < 10 else { break }
                seconds = seconds &* 10 &+ UInt64(digit)
                next += 1
            }
            guard 1...10 ~= next - start, seconds <= UInt64(UInt32.max) else { return false }
            time = UInt32(truncatingIfNeeded: seconds)
        }
        if bytes[next] == UInt8(ascii: "\r") { next += 1 }
        guard bytes[next] == UInt8(ascii: "\n") else { return false }
        place = next + 1
        return true
    }

    @inline(__always) private static func separator(_ bytes: UnsafePointer<UInt8>, _ next: inout Int, _ form: Form) -> Bool {
        guard bytes[next] == form.separator else { return false }
        next += 1
        guard form.isDoubled else { return true }
        guard bytes[next] == form.separator else { return false }
        next += 1
        return true
    }

    /// A number below `RawIdentifiers.smallLimit` in its usual notation.
    @inline(__always) private static func small(_ bytes: UnsafePointer<UInt8>, _ next: inout Int, _ number: inout UInt32) -> Bool
    {
        let start = next
        let first = bytes[next] &- 0x30
        guard first < 10 else { return false }
        number = UInt32(first)
        next += 1
        while true {
            let digit = bytes[next] &- 0x30
            guard digit < 10 else { break }
            number = number &* 10 &+ UInt32(digit)
            next += 1
        }
        return next - start <= 7 && (first != 0 || next - start == 1) && number < RawIdentifiers.smallLimit
    }
}
