extension RatingScale {
    /// The code of the place nearest to `value`, the higher one if it is between two.
    ///
    /// - Returns: nil when `value` is below the lowest place or above the highest.
    func nearestCode(for value: Double) -> UInt8? {
        guard value >= minimum - 1e-9, value <= maximum + 1e-9 else { return nil }
        return UInt8(min(((value - minimum) / step).rounded(), Double(maximumCode) - 1)) + 1
    }
}
