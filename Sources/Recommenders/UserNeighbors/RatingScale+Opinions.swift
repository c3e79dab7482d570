extension RatingScale {
    /// By code, the value less the neutral one in whole numbers of `opinionUnit`; 0 for the code 0, which stands for no rating.
    var opinions: [Int64] {
        let steps = Int64(maximumCode) - 1
        // Neutral lies a third of the steps above the first place.
        return [0] + (0...steps).map { steps > 0 ? 3 * $0 - steps : 1 }
    }

    /// A third of a step; on a scale of one place all of it.
    var opinionUnit: Double { maximum > minimum ? step / 3 : 1 }

    /// In rating values, of a vector of opinions whose squares sum to `squares` squares of `opinionUnit`.
    func length(squares: Int64) -> Double { opinionUnit * Double(squares).squareRoot() }
}
