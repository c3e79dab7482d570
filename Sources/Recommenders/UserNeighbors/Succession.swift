/// How much more a neighbour's rating counts for what it follows in the order in which the neighbour rated.
///
/// What people rated right after what you rated last is likelier to be next than what they rated years before or after (the third
/// factor of STAN, Garg et al. 2019; here only forwards, since that did best). The vote for an item is multiplied by 1 + `boost` · e, where e is the sum over
/// the shared items that the neighbour rated before it of the item's weight in the profile, 1 for the latest, times
/// exp(-d / `range`), d being how many ratings later it came. A neighbour's ratings of one time stand in the order of their items;
/// one whose times are all alike or not known has no order.
package struct Succession: Hashable, Sendable, Codable {
    /// In ratings, above 0.
    package var range: Double
    /// At least 0.
    package var boost: Double

    package init(range: Double, boost: Double) {
        self.range = range
        self.boost = boost
    }
}
