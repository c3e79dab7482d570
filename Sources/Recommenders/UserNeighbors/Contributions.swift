/// Which of the profile's ratings pulled an item in.
///
/// A voter v is a neighbour because of the items it shares with the profile; so its vote for an item, vote(v) × code(v, item), is
/// shared out among those in proportion to weight(profile, j) × code(profile, j) × code(v, j): most of it goes to what both rated highly.
/// The contribution of the profile's rating j to the item is the sum of its parts over the voters who rated the item, brought to where the
/// contributions of all ratings sum to the item's score: what else goes into that (the succession, the damping of the popular) is shared
/// out alike.
struct Contributions {
    private let profile: WeightedProfile
    /// The parts of voter v stand at `starts[v] ..< starts[v + 1]` of `places` and `votes`; they sum to its vote.
    private let starts: [Int]
    private let places: [UInt32]
    private let votes: [Double]
    /// Of the whole profile.
    private let ratingCount: Int

    /// - Parameter shared: what the voters gave to the profile's items.
    /// - Complexity: O(`shared`).
    init(of whole: Profile, _ profile: WeightedProfile, to voters: [Voter], _ shared: SharedRatings) {
        self.profile = profile
        ratingCount = whole.items.count
        starts = shared.starts
        let ratings = shared.ratings[..<shared.starts[voters.count]]
        places = ratings.map { UInt32(SharedRatings.place($0)) }
        // Whole numbers, and so few that their sums are exact in any order.
        let own = zip(profile.weights, profile.codes).map { Double($0) * Double($1) }
        var votes = ratings.map { own[SharedRatings.place($0)] * Double(SharedRatings.code($0)) }
        for (number, voter) in voters.enumerated() {
            let parts = shared.starts[number]..<shared.starts[number + 1]
            let total = votes[parts].reduce(0, +)
            for part in parts { votes[part] *= voter.vote / total }
        }
        self.votes = votes
    }

    /// What each of the profile's ratings contributes to each of the items of `codes`, by place in the whole profile; nil for items whose
    /// score is `-infinity`.
    ///
    /// - Parameter scores: of the same items.
    /// - Complexity: O(items × (profile + shared ratings)).
    func contributions(to scores: [Float], _ codes: VoterCodes) throws(CancellationError) -> [ItemContributions?] {
        var cancellation = Cancellation()
        var sums = [Double](repeating: 0, count: profile.items.count)
        var contributions: [ItemContributions?] = []
        contributions.reserveCapacity(scores.count)
        for (item, score) in scores.enumerated() {
            try cancellation.count(votes.count + ratingCount)
            guard score > -.infinity else {
                contributions.append(nil)
                continue
            }
            for voter in 0..<starts.count - 1 {
                guard let code = codes.code(item: item, voter: voter) else { continue }
                add(starts[voter]..<starts[voter + 1], times: Double(code), to: &sums)
            }
            contributions.append(ItemContributions(ratings: take(&sums, broughtTo: Double(score))))
        }
        return contributions
    }

    private func add(_ parts: Range<Int>, times code: Double, to contributions: inout [Double]) {
        contributions.withUnsafeMutableBufferPointer { contributions in
            places.withUnsafeBufferPointer { places in
                votes.withUnsafeBufferPointer { votes in
                    for part in parts { contributions[Int(places[part])] += votes[part] * code }
                }
            }
        }
    }

    /// By place in the whole profile; leaves zeros behind.
    private func take(_ sums: inout [Double], broughtTo score: Double) -> [Double] {
        var ratings = [Double](repeating: 0, count: ratingCount)
        let sum = sums.reduce(0, +)
        let scale = sum > 0 ? score / sum : 0
        for (number, place) in profile.places.enumerated() {
            ratings[place] = sums[number] * scale
            sums[number] = 0
        }
        return ratings
    }
}
