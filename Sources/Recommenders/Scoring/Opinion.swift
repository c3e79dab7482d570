/// How much more a high rating says of what somebody wants than a low one: from `lowest` at the scale's minimum evenly up to 1 at its
/// maximum.
///
/// That somebody rated an item at all says most (Steck 2013, "Evaluation of recommender systems: rating-prediction and ranking"), so that
/// all ratings may well count alike.
package struct Opinion: Hashable, Sendable, Codable {
    /// What the lowest rating counts when the highest counts 1; below 0 it speaks against.
    package var lowest: Double

    /// All ratings count alike.
    package static let ignored = Opinion(lowest: 1)

    package init(lowest: Double) {
        self.lowest = lowest
    }

    /// By code. A scale of one place has but the highest.
    package func weights(on scale: RatingScale) -> [Float] {
        let steps = Double(scale.maximumCode) - 1
        return (0...Int(scale.maximumCode)).map { code in
            Float(steps > 0 ? lowest + (1 - lowest) * (Double(max(code, 1)) - 1) / steps : 1)
        }
    }
}
