/// Which algorithms a blend adds up, and how much each of them weighs.
package struct BlendParameters: Hashable, Sendable, Codable {
    /// At least 0; only their proportions matter. Those that are not in it, and those with 0, are no part of the blend.
    package var weights: [Algorithm: Float]

    package init(weights: [Algorithm: Float] = [.ease: 0.4, .implicitALS: 0.35, .userNeighbors: 0.25]) {
        self.weights = weights
    }

    /// In the order in which algorithms are declared.
    package var parts: [(algorithm: Algorithm, weight: Float)] {
        Algorithm.allCases.compactMap { algorithm in
            guard let weight = weights[algorithm], weight > 0, algorithm != .blend else { return nil }
            return (algorithm, weight)
        }
    }
}
