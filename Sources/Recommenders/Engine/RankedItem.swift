/// One place of a list as the algorithms make it, by item index.
package struct RankedItem: Hashable, Sendable {
    package var item: UInt32
    /// What the list is ordered by, descending; of equal scores the lower index comes first.
    package var score: Double
    /// On the rating scale.
    package var predictedRating: Double?
    /// The share of the neighbours who rated it, 0 to 100; nil where none were asked.
    package var matchPercent: Double?
    /// Places in the profile of the ratings that pulled it in, strongest first.
    package var because: [Int] = []
}
