/// Numbers with a fixed count of digits after the point, whatever the locale.
enum FixedNumber {
    /// - Parameter places: 0 to 9.
    static func text(_ number: Double, places: Int) -> String {
        guard number.isFinite, abs(number) < 1e9 else { return "\(number)" }
        let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
        let scaled = Int((abs(number) * Double(unit)).rounded())
        let sign = number < 0 && scaled > 0 ? "−" : ""
        guard places > 0 else { return sign + "\(scaled)" }
        let digits = "\(scaled % unit)"
        return sign + "\(scaled / unit)." + String(repeating: "0", count: places - digits.count) + digits
    }
}
