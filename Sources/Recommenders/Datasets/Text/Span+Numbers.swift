extension Span where Element == UInt8 {
    /// A whole number in decimal digits, perhaps with a minus sign.
    func integer(in range: Range<Int>) -> Int64? {
        var place = range.lowerBound
        let isNegative = place < range.upperBound && self[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        guard 1...18 ~= range.upperBound - place else { return nil }
        var number: Int64 = 0
        while place < range.upperBound {
            let digit = self[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int64(digit)
            place += 1
        }
        return isNegative ? -number : number
    }

    /// A number in decimal digits with at most one point and no exponent: "4", "4.0", "-.5".
    ///
    /// Up to 15 digits, so that it is the double nearest to what is written.
    func decimal(in range: Range<Int>) -> Double? {
        var place = range.lowerBound
        let isNegative = place < range.upperBound && self[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        var digits: Int64 = 0
        var digitCount = 0
        var divisor: Int64 = 0
        while place < range.upperBound {
            let byte = self[place]
            place += 1
            if byte == UInt8(ascii: ".") && divisor == 0 {
                divisor = 1
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10, digitCount < 15 else { return nil }
            digits = digits * 10 + Int64(digit)
            digitCount += 1
            divisor *= 10
        }
        guard digitCount > 0 else { return nil }
        let magnitude = Double(digits) / Double(Swift.max(divisor, 1))
        return isNegative ? -magnitude : magnitude
    }

    /// The bytes there, copied.
    func copy(of range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for place in range { bytes.append(self[place]) }
        return bytes
    }

    /// Whether the bytes there are UTF-8.
    func isText(in range: Range<Int>) -> Bool {
        var bits: UInt8 = 0
        for place in range { bits |= self[place] }
        return bits < 0x80 || String(validating: copy(of: range), as: UTF8.self) != nil
    }
}
