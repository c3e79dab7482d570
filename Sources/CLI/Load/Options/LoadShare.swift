import ArgumentParser

/// A part of a whole: "0.1" or "10%".
struct LoadShare: ExpressibleByArgument, Equatable {
    let value: Double

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? argument.dropLast() : argument[...]) else { return nil }
        value = isPercent ? number / 100 : number
        guard 0...1 ~= value else { return nil }
    }
}
