/// The values a rating may take: `minimum`, `minimum + step`, … `maximum`, at most 255 of them.
///
/// Ratings are stored as one byte, the value's place on the scale counted from 1; 0 never stands for a rating.
package struct RatingScale: Hashable, Sendable, Codable {
    package let minimum: Double
    package let maximum: Double
    package let step: Double

    /// Half stars from 0.5 to 5, as MovieLens has them: codes 1 to 10.
    package static let halfStars = RatingScale(minimum: 0.5, maximum: 5, step: 0.5)!

    /// No value is farther from 0, so that sums of squares stay finite.
    private static let greatest = 1e9
    /// What a step is of the farthest value at least, so that no two values become one by rounding.
    private static let leastShare = 1e-8

    /// - Returns: nil unless there are 1 to 255 places from `minimum` to `maximum`, none of them too far from 0 or too near to the next.
    package init?(minimum: Double, maximum: Double, step: Double) {
        let farthest = max(abs(minimum), abs(maximum))
        // Each of these is false of what is no number.
        guard farthest <= Self.greatest, minimum <= maximum, step > 0, step < .infinity, step >= Self.leastShare * farthest else {
            return nil
        }
        let steps = (maximum - minimum) / step
        guard steps < 254.5, abs(steps - steps.rounded()) < 1e-9, steps.rounded() > 0 || maximum == minimum else { return nil }
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
    }

    /// The highest code; the lowest is 1.
    package var maximumCode: UInt8 { UInt8(((maximum - minimum) / step).rounded() + 1) }

    /// The value that says neither like nor dislike: a third of the way up, as people rate mostly what they chose and so what they like.
    ///
    /// Below the value on a scale of one place, where having rated at all says like.
    package var neutral: Double { maximum > minimum ? minimum + (maximum - minimum) / 3 : minimum - 1 }

    /// - Returns: nil when `value` is no place on the scale.
    package func code(for value: Double) -> UInt8? {
        let place = (value - minimum) / step
        let nearest = place.rounded()
        guard place.isFinite, abs(place - nearest) < 1e-6, nearest >= 0, nearest < Double(maximumCode) else { return nil }
        return UInt8(nearest) + 1
    }

    package func value(of code: UInt8) -> Double {
        minimum + (Double(code) - 1) * step
    }
}
