/// Which of the profile's ratings pulled an item in.
///
/// A voter v is a neighbour because of the items it shares with the profile; so its vote for an item, vote(v) × code(v, item), is
/// shared out among those in proportion to weight(profile, j) × code(profile, j) × code(v, j): most of it goes to what both rated highly.
/// The contribution of the profile's rating j to the item is the sum of its parts over the voters who rated the item.
struct Contributions {
    private let profile: WeightedProfile
    /// The parts of voter v stand at `starts[v] ..< starts[v + 1]` of `places` and `votes`; they sum to its vote.
    private let starts: [Int]
    private let places: [UInt32]
    private let votes: [Double]
    /// No lower than the whole profile's mean, by place among the ratings that count.
    private let isWellRated: [Bool]

    /// - Parameter shared: what the voters gave to the profile's items.
    /// - Complexity: O(`shared`).
    init(of whole: Profile, _ profile: WeightedProfile, to voters: [Voter], _ shared: SharedRatings) {
        self.profile = profile
        let sum = whole.codes.reduce(0) { $0 + Int($1) }
        isWellRated = profile.codes.map { Int($0) * whole.codes.count >= sum }
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

    /// For each of the items of `codes` the places in the whole profile of the `count` ratings that contributed most, strongest first:
    /// before all others those that are no lower than its mean, because "you gave it one star" explains no recommendation.
    ///
    /// - Complexity: O(`itemCount` × (profile + shared ratings)).
    func strongest(_ count: Int, for itemCount: Int, _ codes: VoterCodes) throws(CancellationError) -> [[Int]] {
        var cancellation = Cancellation()
        var contributions = [Double](repeating: 0, count: profile.items.count)
        var wellRated = TopK(capacity: count)
        var others = TopK(capacity: count)
        var strongest: [[Int]] = []
        strongest.reserveCapacity(itemCount)
        for item in 0..<itemCount {
            try cancellation.count(votes.count + contributions.count)
            for voter in 0..<starts.count - 1 {
                guard let code = codes.code(item: item, voter: voter) else { continue }
                add(starts[voter]..<starts[voter + 1], times: Double(code), to: &contributions)
            }
            offer(&contributions, &wellRated, &others)
            let best = (wellRated.takeSorted() + others.takeSorted()).prefix(count)
            strongest.append(best.map { profile.places[Int($0.element)] })
        }
        return strongest
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

    /// Leaves zeros behind.
    private func offer(_ contributions: inout [Double], _ wellRated: inout TopK, _ others: inout TopK) {
        for place in contributions.indices where contributions[place] > 0 {
            if isWellRated[place] {
                wellRated.offer(UInt32(place), score: Float(contributions[place]))
            } else {
                others.offer(UInt32(place), score: Float(contributions[place]))
            }
            contributions[place] = 0
        }
    }
}
