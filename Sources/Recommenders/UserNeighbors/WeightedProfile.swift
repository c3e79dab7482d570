/// The ratings of a profile that count, and how much each of them does.
struct WeightedProfile: Sendable {
    /// In the profile, ascending.
    let places: [Int]
    let items: [UInt32]
    let codes: [UInt8]
    /// Above 0, whole numbers so that sums of them are exact: `fullWeight` for the latest rating.
    let weights: [Int64]
    let fullWeight: Int64
    let row: UInt32?

    /// - Parameter latest: so many of the newest ratings count, and those that are as old as the last of them; nil for all.
    /// - Complexity: O(n log n), or O(n) where neither time matters.
    init(_ profile: Profile, latest: Int?, recency: Recency) {
        let fullWeight: Int64 = recency.halfLife == nil ? 1 : 256
        let ranks = latest == nil ? nil : profile.recencyRanks
        let weights = recency.weights(of: profile).map { Int64(($0 * Float(fullWeight)).rounded()) }
        let places = profile.items.indices.filter { place in
            weights[place] > 0 && (latest.flatMap { latest in ranks.map { $0[place] < latest } } ?? true)
        }
        self.places = places
        items = places.map { profile.items[$0] }
        codes = places.map { profile.codes[$0] }
        self.weights = places.map { weights[$0] }
        self.fullWeight = fullWeight
        row = profile.row
    }
}
