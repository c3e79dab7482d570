/// The working memory of one call of a `UserNeighborRecommender`, clear between calls; each part is allocated when it is first needed.
///
/// What only very long profiles need is not in it, so that one of them does not leave its memory behind.
struct UserNeighborScratch: Sendable {
    var coRatings = BlockedSums<NarrowSums>()
    var overlaps = BlockedSums<NarrowOverlap>()
    var counts = BlockedSums<SharedCount>()
    var places: ProfilePlaces
    lazy var scores = VoteScores(itemCount: itemCount)
    lazy var votes = VoteAccumulator(itemCount: itemCount)
    private let itemCount: Int

    init(itemCount: Int) {
        self.itemCount = itemCount
        places = ProfilePlaces(itemCount: itemCount)
    }
}
