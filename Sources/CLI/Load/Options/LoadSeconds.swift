import ArgumentParser

/// A time span as people write it: "10", "10s", "500ms", "2m".
struct LoadSeconds: ExpressibleByArgument, Equatable {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        let unit = units.first { argument.hasSuffix($0.suffix) }
        guard let number = Double(argument.dropLast(unit?.suffix.count ?? 0)), number >= 0, number <= 1e6 else { return nil }
        duration = .seconds(number * (unit?.seconds ?? 1))
    }

    var defaultValueDescription: String { "\((duration / .seconds(1)).rounded(toDigits: 0))s" }
}
