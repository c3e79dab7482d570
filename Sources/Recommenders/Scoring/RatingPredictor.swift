/// An algorithm that says what rating a user would give.
package protocol RatingPredictor: Sendable {
    /// On the rating scale; nil where nothing is known that would say.
    func predictedRating(of item: UInt32, for profile: Profile) -> Double?
}
