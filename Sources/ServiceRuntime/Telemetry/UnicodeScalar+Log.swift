extension Unicode.Scalar {
    /// Control characters, which move a terminal's cursor or start a new line, and the two line ends that Unicode adds.
    var endsOrHidesLines: Bool {
        value < 0x20 || 0x7F...0x9F ~= value || 0x2028...0x2029 ~= value
    }

    /// Four hexadecimal digits, for scalars below 0x10000.
    var fourDigits: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
