/// The working memory of one call of a `UserNeighborRecommender`, clear between calls but for `lastNeighbours`; what not every call needs is allocated when it is
/// first needed.
///
/// What only very long profiles need is not in it, so that one of them does not leave its memory behind.
struct UserNeighborScratch: Sendable {
    var coRatings = BlockedSums<NarrowSums>()
    var overlaps = BlockedSums<NarrowOverlap>()
    var counts = BlockedSums<SharedCount>()
    var places: ProfilePlaces
    var scores: VoteScores
    var votes: VoteAccumulator

    var voterNumbers: VoterNumbers
    var lastNeighbours = LastNeighbours()

    init(userCount: Int, itemCount: Int) {
        places = ProfilePlaces(itemCount: itemCount)
        scores = VoteScores(itemCount: itemCount)
        votes = VoteAccumulator(itemCount: itemCount)
        voterNumbers = VoterNumbers(userCount: userCount)
    }

    /// Makes room for more users and items.
    mutating func grow(toUsers userCount: Int, items itemCount: Int) {
        places.grow(to: itemCount)
        scores.grow(to: itemCount)
        votes.grow(to: itemCount)
        voterNumbers.grow(to: userCount)
    }
}
