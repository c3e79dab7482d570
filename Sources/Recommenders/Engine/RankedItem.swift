/// One place of a list as the algorithms make it, by item index.
package struct RankedItem: Hashable, Sendable {
    package var item: UInt32
    /// What the list is ordered by, descending; of equal scores the lower index comes first. `-infinity` for items that an algorithm would
    /// not list.
    package var score: Double
    /// On the rating scale.
    package var predictedRating: Double?
    /// The share of the neighbours who rated it, 0 to 100; nil where none were asked.
    package var matchPercent: Double?
    /// Places in the profile of the ratings that pulled it in, strongest first.
    package var because: [Int] = []
    /// What each of `because` adds to the score.
    package var contributions: [Double] = []
    /// What the profile's other ratings add.
    package var others = 0.0
    /// What is added whatever the ratings.
    package var base = 0.0
}

extension RankedItem {
    /// - Parameter contributions: what the entry's score is made of; nil where that is not known.
    init(_ entry: TopK.Entry, _ contributions: ItemContributions?, _ reasons: inout StrongestReasons) {
        self.init(item: entry.element, score: Double(entry.score))
        guard let contributions else { return }
        because = reasons.strongest(of: contributions.ratings)
        self.contributions = because.map { contributions.ratings[$0] }
        base = contributions.base
        for place in contributions.ratings.indices where !because.contains(place) { others += contributions.ratings[place] }
    }
}
