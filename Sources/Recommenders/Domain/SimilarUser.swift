/// Somebody whose ratings are like a profile's, without a name.
package struct SimilarUser: Hashable, Sendable, Codable {
    /// Above 0, as the measure of the query has it.
    package var similarity: Double
    /// How many items both rated.
    package var sharedItems: Int
    /// Items that both rated above their scale's neutral value, those first that both like most.
    package var likedByBoth: [ItemID]
    /// What this user rated highest of what the profile has neither rated nor dismissed, best first.
    package var best: [ItemID]

    package init(similarity: Double, sharedItems: Int, likedByBoth: [ItemID], best: [ItemID]) {
        self.similarity = similarity
        self.sharedItems = sharedItems
        self.likedByBoth = likedByBoth
        self.best = best
    }
}
