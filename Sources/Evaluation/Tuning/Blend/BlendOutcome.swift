/// What a search for weights found.
package struct BlendOutcome: Hashable, Sendable, Codable {
    /// By algorithm, at least 0, with the sum 1.
    package let weights: [Float]
    /// The metric on validation with these weights, among the candidates.
    package let value: Double
    /// The same of each algorithm alone.
    package let singleValues: [Double]
    /// How many weights were tried.
    package let trials: Int
}
