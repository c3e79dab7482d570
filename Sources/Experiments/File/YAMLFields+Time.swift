import ServiceRuntime

extension YAMLFields {
    /// A day ("2026-11-24", at midnight UTC) or a moment ("2026-11-24T09:30:00Z").
    func moment(_ name: String) throws(ExperimentsFileError) -> Timestamp {
        let text = try required(name)
        guard let moment = Timestamp(dayOrMoment: text) else {
            throw error(name, "is \"\(text)\"; a day like 2026-11-24 or a moment like 2026-11-24T09:30:00Z is expected")
        }
        return moment
    }

    /// A number and its unit: "90s", "30m", "12h", "7d".
    func duration(_ name: String, in range: ClosedRange<Duration>) throws(ExperimentsFileError) -> Duration? {
        guard let text = try text(name) else { return nil }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 24 * 3600]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), 0...100_000_000 ~= count else {
            throw error(name, "is \"\(text)\"; a number with its unit is expected, like 90s, 30m, 12h or 7d")
        }
        let duration = Duration.seconds(count * unit)
        guard range.contains(duration) else { throw error(name, "is \(text), which is too short or too long") }
        return duration
    }
}

extension Timestamp {
    /// - Returns: nil for what is neither a day nor a moment of UTC in whole seconds.
    init?(dayOrMoment text: String) {
        let moment = text.utf8.count == 10 ? "\(text)T00:00:00Z" : text
        let parts = moment.split { "-T:Z".contains($0) }
        let numbers = parts.compactMap { Int64($0) }
        guard parts.count == 6, numbers.count == 6, 0...9999 ~= numbers[0], numbers[1...].allSatisfy({ 0...99 ~= $0 }) else {
            return nil
        }
        // After Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`): years begin in March.
        let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
        let dayOfYear = (153 * (numbers[1] + (numbers[1] > 2 ? -3 : 9)) + 2) / 5 + numbers[2] - 1
        let days = 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
        self.init(milliseconds: (days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]) * 1000)
        // A day that there is not comes back as another one.
        guard iso8601.prefix(19) + "Z" == moment else { return nil }
    }
}
