/// Which of the profile's ratings pulled an item in.
///
/// A voter v is a neighbour because of the items it shares with the profile; so its vote for an item, vote(v) × code(v, item), is
/// shared out among those in proportion to code(profile, j) × code(v, j): most of it goes to what both rated highly. The contribution of the
/// profile's rating j to the item is the sum of its parts over the voters who rated the item.
struct Contributions {
    private let profile: Profile
    private let voters: [Voter]
    private let ratings: RatingMatrix
    /// The parts of voter v stand at `starts[v] ..< starts[v + 1]` of `places` and `votes`; they sum to its vote.
    private var starts = [0]
    private var places: [UInt32] = []
    private var votes: [Double] = []
    /// No lower than the profile's mean.
    private let isWellRated: [Bool]

    /// - Complexity: O(ratings of the voters).
    init(of profile: Profile, to voters: [Voter], in ratings: RatingMatrix, places profilePlaces: ProfilePlaces) {
        self.profile = profile
        self.voters = voters
        self.ratings = ratings
        let sum = profile.codes.reduce(0) { $0 + Int($1) }
        isWellRated = profile.codes.map { Int($0) * profile.codes.count >= sum }
        for voter in voters {
            var total = 0.0
            for place in ratings.row(Int(voter.user)) {
                guard let own = profilePlaces.place(of: ratings.items[place]) else { continue }
                let product = Double(profile.codes[own]) * Double(ratings.rowCodes[place])
                places.append(UInt32(own))
                votes.append(product)
                total += product
            }
            for part in starts[starts.count - 1]..<votes.count { votes[part] *= voter.vote / total }
            starts.append(votes.count)
        }
    }

    /// For each of `items` the places in the profile of the `count` ratings that contributed most, strongest first: before all others those
    /// that are no lower than the profile's mean, because "you gave it one star" explains no recommendation.
    ///
    /// - Complexity: O(`items` × (profile + shared ratings)).
    func strongest(_ count: Int, for items: [UInt32]) -> [[Int]] {
        guard count > 0 else { return items.map { _ in [] } }
        var contributions = [Double](repeating: 0, count: profile.items.count)
        var strongest: [[Int]] = []
        for item in items {
            for voter in voters.indices {
                guard let code = code(of: item, by: voters[voter].user) else { continue }
                add(starts[voter]..<starts[voter + 1], times: Double(code), to: &contributions)
            }
            strongest.append(takeStrongest(count, from: &contributions))
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

    /// The row is searched by halves: a few items are wanted out of rows that may hold thousands.
    private func code(of item: UInt32, by user: UInt32) -> UInt8? {
        let row = ratings.row(Int(user))
        var low = row.lowerBound
        var high = row.upperBound
        while low < high {
            let middle = (low + high) / 2
            if ratings.items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low < row.upperBound && ratings.items[low] == item ? ratings.rowCodes[low] : nil
    }
}
