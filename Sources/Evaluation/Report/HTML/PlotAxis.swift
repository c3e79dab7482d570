#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where values lie along a line of the picture, with marks at round numbers.
struct PlotAxis {
    let bounds: ClosedRange<Double>
    let pixels: ClosedRange<Double>
    let ticks: [Double]
    private let places: Int

    /// - Parameters:
    ///   - values: all are to be on the axis; 0 is too.
    ///   - pixels: where the axis begins and ends.
    init(for values: [Double], pixels: ClosedRange<Double>, tickCount: Int = 4) {
        let finite = values.filter(\.isFinite)
        let low = min(finite.min() ?? 0, 0)
        let high = max(finite.max() ?? 0, 0)
        let span = high > low ? high - low : 1
        let unit = pow(10, floor(log10(span / Double(tickCount))))
        let step = [1, 2, 2.5, 5, 10].map { $0 * unit }.first { span / $0 <= Double(tickCount) } ?? 10 * unit
        let first = (low / step).rounded(.down)
        let last = (low + span) / step
        ticks = stride(from: first, through: last.rounded(.up), by: 1).map { $0 * step }
        bounds = (first * step)...(last.rounded(.up) * step)
        self.pixels = pixels
        // As many digits as tell the marks apart.
        places = (0...9).first { abs((step * pow(10, Double($0))).rounded() - step * pow(10, Double($0))) < 1e-6 } ?? 9
    }

    func position(_ value: Double) -> Double {
        let share = (value - bounds.lowerBound) / (bounds.upperBound - bounds.lowerBound)
        return pixels.lowerBound + share * (pixels.upperBound - pixels.lowerBound)
    }

    func label(_ tick: Double) -> String { FixedNumber.text(tick, places: places) }
}
