extension RatingScale {
    /// The scale of one place, on which a rating says no more than that it is there.
    package static let single = RatingScale(minimum: 1, maximum: 1, step: 1)!

    /// The code of the place nearest to `value`, the higher one if it is between two.
    ///
    /// - Returns: nil when `value` is below the lowest place or above the highest.
    func nearestCode(for value: Double) -> UInt8? {
        guard value >= minimum - 1e-9, value <= maximum + 1e-9 else { return nil }
        return UInt8(min(((value - minimum) / step).rounded(), Double(maximumCode) - 1)) + 1
    }
}
