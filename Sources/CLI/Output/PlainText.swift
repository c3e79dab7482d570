extension Unicode.Scalar {
    /// Whether a terminal obeys it instead of showing it, or starts a new line.
    var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value || 0x2028...0x2029 ~= value }
}

extension String {
    /// Fit for one line of a terminal: what a terminal would obey is shown as `?`.
    var onOneLine: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "?" : $0 }))
    }

    /// How many columns of a terminal it takes.
    var columnCount: Int { reduce(0) { $0 + $1.columnCount } }

    /// At most `count` columns of it, with `…` in place of what is left out.
    func shortened(toColumns count: Int) -> String {
        guard columnCount > count else { return self }
        var columns = 1
        return prefix { character in
            columns += character.columnCount
            return columns <= count
        } + "…"
    }
}

extension Character {
    /// Two for the characters that East Asian scripts and emoji draw wide (the common blocks of Unicode's EastAsianWidth).
    var columnCount: Int {
        switch unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

extension Int {
    /// With commas between the thousands.
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0 && (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }
}

extension Double {
    /// With so many digits behind the point.
    func rounded(toDigits count: Int) -> String {
        let scale = (0..<count).reduce(1.0) { scale, _ in scale * 10 }
        guard isFinite, abs(self) * scale < 1e15 else { return "\(self)" }
        let units = Int((abs(self) * scale).rounded())
        let sign = self < 0 && units > 0 ? "-" : ""
        guard count > 0 else { return "\(sign)\(units)" }
        let fraction = String(units % Int(scale))
        return "\(sign)\(units / Int(scale))." + String(repeating: "0", count: count - fraction.count) + fraction
    }
}
