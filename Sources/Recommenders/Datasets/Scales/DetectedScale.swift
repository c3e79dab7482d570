/// The scale that numbers make of themselves: from the lowest to the highest, in the largest steps that meet them all.
enum DetectedScale {
    /// - Parameter values: different numbers.
    /// - Returns: nil when they have more than four digits behind the point, or the scale would have more than 255 places.
    static func scale(of values: [Float]) -> RatingScale? {
        // The shortest text of a number is what was written: 3.3, and not the float next to it.
        let numbers = values.compactMap { Double("\($0)") }.sorted()
        guard let lowest = numbers.first, let highest = numbers.last, abs(lowest) < 1e9, abs(highest) < 1e9 else { return nil }
        for unit in [1.0, 10, 100, 1000, 10_000] {
            let multiples = numbers.map { ($0 * unit).rounded() }
            guard zip(numbers, multiples).allSatisfy({ abs($0 * unit - $1) < 1e-6 }) else { continue }
            let steps = multiples.map { Int($0 - multiples[0]) }
            let step = steps.reduce(0, greatestCommonDivisor)
            return RatingScale(minimum: lowest, maximum: highest, step: step == 0 ? 1 : Double(step) / unit)
        }
        return nil
    }

    private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
