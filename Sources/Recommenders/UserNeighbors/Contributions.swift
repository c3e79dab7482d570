/// Which of the profile's ratings pulled an item in.
///
/// A voter v is a neighbour because of the items it shares with the profile; so its vote for an item, vote(v) × code(v, item), is
/// shared out among those in proportion to weight(profile, j) × code(profile, j) × code(v, j): most of it goes to what both rated highly.
/// The contribution of the profile's rating j to the item is the sum of its parts over the voters who rated the item.
struct Contributions {
    private let profile: WeightedProfile
    /// The parts of voter v stand at `starts[v] ..< starts[v + 1]` of `places` and `votes`; they sum to its vote.
    private var starts = [0]
    private var places: [UInt32] = []
    private var votes: [Double] = []
    /// No lower than the whole profile's mean, by place among the ratings that count.
    private let isWellRated: [Bool]

    /// - Parameter marks: where the profile's counting items stand in it.
    /// - Complexity: O(ratings of the voters).
    init(
        of whole: Profile, _ profile: WeightedProfile, to voters: [Voter], in ratings: RatingMatrix, places marks: ProfilePlaces
    ) {
        self.profile = profile
        let sum = whole.codes.reduce(0) { $0 + Int($1) }
        isWellRated = profile.codes.map { Int($0) * whole.codes.count >= sum }
        for voter in voters {
            var total = 0.0
            for place in ratings.row(Int(voter.user)) {
                guard let own = marks.place(of: ratings.items[place]) else { continue }
                let product = Double(profile.weights[own]) * Double(profile.codes[own]) * Double(ratings.rowCodes[place])
                places.append(UInt32(own))
                votes.append(product)
                total += product
            }
            for part in starts[starts.count - 1]..<votes.count { votes[part] *= voter.vote / total }
            starts.append(votes.count)
        }
    }

    /// For each of the items of `codes` the places in the whole profile of the `count` ratings that contributed most, strongest first:
    /// before all others those that are no lower than its mean, because "you gave it one star" explains no recommendation.
    ///
    /// - Complexity: O(`itemCount` × (profile + shared ratings)).
    func strongest(_ count: Int, for itemCount: Int, _ codes: VoterCodes) -> [[Int]] {
        var contributions = [Double](repeating: 0, count: profile.items.count)
        return (0..<itemCount).map { item in
            for voter in 0..<starts.count - 1 {
                guard let code = codes.code(item: item, voter: voter) else { continue }
                add(starts[voter]..<starts[voter + 1], times: Double(code), to: &contributions)
            }
            return takeStrongest(count, from: &contributions).map { profile.places[$0] }
        }
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
    private func takeStrongest(_ count: Int, from contributions: inout [Double]) -> [Int] {
        var wellRated = TopK(capacity: count)
        var others = TopK(capacity: count)
        for place in contributions.indices where contributions[place] > 0 {
            if isWellRated[place] {
                wellRated.offer(UInt32(place), score: Float(contributions[place]))
            } else {
                others.offer(UInt32(place), score: Float(contributions[place]))
            }
            contributions[place] = 0
        }
        return (wellRated.sorted() + others.sorted()).prefix(count).map { Int($0.element) }
    }
}
