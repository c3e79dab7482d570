import Recommenders

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A parameter that is searched for, and the values it may take.
package struct SearchParameter: Sendable, Equatable {
    /// As the parameters' JSON has it; `recency.halfLife` is the member `halfLife` of the member `recency`.
    package let name: String
    package let range: Range
    package let initial: ParameterValue

    package enum Range: Sendable, Equatable {
        case choices([ParameterValue])
        /// Even between the bounds, or even in the logarithm.
        case number(ClosedRange<Double>, isLogarithmic: Bool)
        case whole(ClosedRange<Int>, isLogarithmic: Bool)
    }

    /// - Parameter initial: the value that is tried first; it need not lie in the range.
    /// - Precondition: there is a choice; logarithmic ranges lie above 0.
    package init(_ name: String, _ range: Range, initial: ParameterValue) {
        switch range {
        case .choices(let choices): precondition(!choices.isEmpty)
        case .number(let bounds, let isLogarithmic): precondition(!isLogarithmic || bounds.lowerBound > 0)
        case .whole(let bounds, let isLogarithmic): precondition(!isLogarithmic || bounds.lowerBound > 0)
        }
        self.name = name
        self.range = range
        self.initial = initial
    }

    /// Anywhere in the range.
    func random(using generator: inout SplitMix64) -> ParameterValue {
        if case .choices(let choices) = range { return choices[generator.next(in: 0..<choices.count)] }
        return value(at: generator.nextShare())
    }

    /// Near `center`, no farther than `reach`, a share of the range; of choices another now and then, the rarer the less the
    /// reach.
    func random(near center: ParameterValue, reach: Double, using generator: inout SplitMix64) -> ParameterValue {
        guard case .choices = range else {
            return value(at: place(of: center) + (2 * generator.nextShare() - 1) * reach)
        }
        return generator.nextShare() < reach ? random(using: &generator) : center
    }

    /// What lies a `step`, a share of the range, to either side of `center`; of choices all others.
    func neighbors(of center: ParameterValue, step: Double) -> [ParameterValue] {
        if case .choices(let choices) = range { return choices.filter { $0 != center } }
        let place = place(of: center)
        return [value(at: place + step), value(at: place - step)].filter { $0 != center }
    }

    /// The value at a place of 0 to 1; places outside are brought in.
    private func value(at place: Double) -> ParameterValue {
        let place = min(max(place, 0), 1)
        switch range {
        case .choices(let choices): return choices[min(Int(place * Double(choices.count)), choices.count - 1)]
        case .number(let bounds, let isLogarithmic):
            let value = Self.value(at: place, from: bounds.lowerBound, to: bounds.upperBound, isLogarithmic)
            return .number(min(max(Self.rounded(value), bounds.lowerBound), bounds.upperBound))
        case .whole(let bounds, let isLogarithmic):
            return .number(
                Self.value(at: place, from: Double(bounds.lowerBound), to: Double(bounds.upperBound), isLogarithmic).rounded())
        }
    }

    /// Values outside the range, and such as are no numbers, are brought in.
    private func place(of value: ParameterValue) -> Double {
        func place(_ low: Double, _ high: Double, _ isLogarithmic: Bool) -> Double {
            guard let number = value.number, high > low else { return 0.5 }
            let inside = min(max(number, low), high)
            return isLogarithmic ? log(inside / low) / log(high / low) : (inside - low) / (high - low)
        }
        switch range {
        case .choices: return 0
        case .number(let bounds, let isLogarithmic): return place(bounds.lowerBound, bounds.upperBound, isLogarithmic)
        case .whole(let bounds, let isLogarithmic):
            return place(Double(bounds.lowerBound), Double(bounds.upperBound), isLogarithmic)
        }
    }

    private static func value(at place: Double, from low: Double, to high: Double, _ isLogarithmic: Bool) -> Double {
        isLogarithmic ? low * pow(high / low, place) : low + (high - low) * place
    }

    /// To three digits, which is what a search can tell apart.
    private static func rounded(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        let unit = pow(10, floor(log10(abs(value))) - 2)
        return unit >= 1 ? (value / unit).rounded() * unit : (value / unit).rounded() / (1 / unit).rounded()
    }
}

extension SplitMix64 {
    /// From 0 up to but not including 1.
    mutating func nextShare() -> Double { Double(next() >> 11) * 0x1p-53 }
}
