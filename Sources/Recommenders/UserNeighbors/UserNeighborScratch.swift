/// The working memory of one call of a `UserNeighborRecommender`, clear between calls.
struct UserNeighborScratch: Sendable {
    /// The first serves nearly every profile; the second is allocated when a profile first needs it.
    var narrow = CoRatingAccumulator<NarrowSums>()
    var wide = CoRatingAccumulator<WideSums>()
    var places: ProfilePlaces
    var votes: VoteAccumulator

    init(itemCount: Int) {
        places = ProfilePlaces(itemCount: itemCount)
        votes = VoteAccumulator(itemCount: itemCount)
    }
}
