/// How the numbers of a rating column become places on a scale.
package enum ScaleChoice: Sendable, Equatable {
    /// The scale is the one that the numbers themselves make; whole numbers that are too many for one are counts.
    case detected
    /// The numbers say how often: see `CountScale`.
    case counts
    /// Each number counts as the place next to it; numbers outside are impossible.
    case places(RatingScale)
}
