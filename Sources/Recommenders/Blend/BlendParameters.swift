/// Which algorithms a blend adds up, and how much each of them weighs.
package struct BlendParameters: Hashable, Sendable, Codable {
    package var parts: [Part]

    package struct Part: Hashable, Sendable, Codable {
        package var algorithm: Algorithm
        /// Above 0; only the weights' proportions matter.
        package var weight: Float

        package init(_ algorithm: Algorithm, weight: Float) {
            self.algorithm = algorithm
            self.weight = weight
        }
    }

    /// As `kindred tune` found them on MovieLens ml-latest-small.
    package init(parts: [Part] = [Part(.ease, weight: 1), Part(.implicitALS, weight: 1), Part(.graphFilter, weight: 1)]) {
        self.parts = parts
    }
}
