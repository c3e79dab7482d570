package import Configuration

/// Settings as values of ours. What is set to something impossible is an error, never silently the default; what is set to nothing
/// counts as not set.
extension ConfigReader {
    /// - Returns: nil when it is not set.
    package func text(forKey key: ConfigKey) -> String? {
        guard let text = string(forKey: key), !text.isEmpty else { return nil }
        return text
    }

    package func text(forKey key: ConfigKey, default value: String) -> String {
        text(forKey: key) ?? value
    }

    package func integer(
        forKey key: ConfigKey, default value: Int, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> Int {
        guard let text = literal(forKey: key) else { return value }
        let advice = "Set it to a number from \(range.lowerBound) to \(range.upperBound), or leave it out for \(value)."
        guard let number = Int(text) else { throw error(key, "is \"\(text)\", which is no whole number", advice) }
        guard range.contains(number) else { throw error(key, "is \(number), which is out of range", advice) }
        return number
    }

    /// - Parameter range: from 0 for a port to listen on, where 0 lets the system choose.
    package func port(
        forKey key: ConfigKey, default value: Int, in range: ClosedRange<Int> = 1...65535
    ) throws(ConfigurationError) -> Int {
        try integer(forKey: key, default: value, in: range)
    }

    /// A duration, set as whole milliseconds.
    package func milliseconds(
        forKey key: ConfigKey, default value: Duration, in range: ClosedRange<Duration>
    ) throws(ConfigurationError) -> Duration {
        let bounds = Self.milliseconds(range.lowerBound)...Self.milliseconds(range.upperBound)
        return .milliseconds(try integer(forKey: key, default: Self.milliseconds(value), in: bounds))
    }

    /// A duration, set as whole seconds.
    package func seconds(
        forKey key: ConfigKey, default value: Duration, in range: ClosedRange<Duration>
    ) throws(ConfigurationError) -> Duration {
        let bounds = Int(range.lowerBound.components.seconds)...Int(range.upperBound.components.seconds)
        return .seconds(try integer(forKey: key, default: Int(value.components.seconds), in: bounds))
    }

    /// `true`, `yes`, `on` or `1`; `false`, `no`, `off` or `0`.
    package func flag(forKey key: ConfigKey, default value: Bool) throws(ConfigurationError) -> Bool {
        guard let text = string(forKey: key) ?? bool(forKey: key).map({ "\($0)" }), !text.isEmpty else { return value }
        switch text.lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default:
            throw error(
                key, "is \"\(text)\", which is neither yes nor no", "Set it to true or false, or leave it out for \(value).")
        }
    }

    /// One of a few words, in any case.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        forKey key: ConfigKey, default value: Choice
    ) throws(ConfigurationError) -> Choice {
        guard let text = text(forKey: key) else { return value }
        if let choice = Choice.allCases.first(where: { $0.rawValue == text.lowercased() }) { return choice }
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw error(
            key, "is \"\(text)\", which is none of the choices", "Set it to \(choices), or leave it out for \(value.rawValue).")
    }

    /// For what is wrong with a setting whose value alone does not tell.
    package func error(_ key: ConfigKey, _ problem: String, _ advice: String) -> ConfigurationError {
        ConfigurationError(variable: variable(forKey: key), problem: problem, advice: advice)
    }

    /// The setting as it was written; in-memory settings of tests may be numbers.
    private func literal(forKey key: ConfigKey) -> String? {
        guard let text = string(forKey: key) ?? int(forKey: key).map(String.init), !text.isEmpty else { return nil }
        return text
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
