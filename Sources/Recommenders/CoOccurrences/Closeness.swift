/// How much two ratings of one user say of each other by how many of the user's ratings lie between them.
///
/// People rate in sittings, and what they rate in one belongs together. Ratings that are n places apart count (h(n) - h(`reach`)) /
/// (1 - h(`reach`)) with h(n) = 1 / (1 + n / `halfLife`): 1 for ratings given at once, nothing from `reach` on. Where no times are known
/// nothing is known to lie between, so that all pairs count 1.
///
/// The function is convex and falls to 0, so that matrices of co-occurrences that are weighted by it stay positive semidefinite (Pólya's
/// criterion).
package struct Closeness: Hashable, Sendable, Codable {
    /// In ratings, above 0; nil where all pairs count alike.
    package var halfLife: Double?
    /// In ratings, at least 1. What a pair costs in training is saved for those that are further apart.
    package var reach: Int

    package static let ignored = Closeness(halfLife: nil)

    package init(halfLife: Double?, reach: Int = 300) {
        self.halfLife = halfLife
        self.reach = reach
    }

    /// By distance, from 0 up to where nothing is left; nil where all pairs count 1.
    func weights() -> [Float]? {
        guard let halfLife = halfLife.map({ max($0, .leastNormalMagnitude) }) else { return nil }
        let last = 1 / (1 + Double(max(reach, 1)) / halfLife)
        return (0..<max(reach, 1)).map { Float((1 / (1 + Double($0) / halfLife) - last) / (1 - last)) }
    }
}
