/// What voters gave to items of the profile: the ratings that made them neighbours.
struct SharedRatings {
    /// Of the item's place among the profile's counting items and the voter's code.
    typealias Rating = UInt64

    /// The ratings of voter v stand at `starts[v] ..< starts[v + 1]` of `ratings`, in any order.
    private(set) var starts = [0]
    /// Behind the last start lies room for more.
    private(set) var ratings: [Rating] = []

    init() {}

    /// Walks the voters' rows.
    ///
    /// - Parameter places: where the profile's counting items stand in it.
    init(of voters: [Voter], in ratings: CurrentRatings, places: ProfilePlaces) throws(CancellationError) {
        var cancellation = Cancellation()
        for voter in voters {
            try cancellation.count(ratings.count(ofUser: voter.user))
            ratings.forEachRating(of: voter.user) { item, code in
                guard let own = places.place(of: item) else { return }
                self.ratings.append(Self.rating(place: own, code: code))
            }
            starts.append(self.ratings.count)
        }
    }

    @inline(__always)
    static func rating(place: Int, code: UInt8) -> Rating { UInt64(place) << 8 | UInt64(code) }

    static func place(_ rating: Rating) -> Int { Int(rating >> 8) }
    static func code(_ rating: Rating) -> UInt8 { UInt8(truncatingIfNeeded: rating) }

    /// Takes in the next voter's.
    ///
    /// - Parameter body: writes up to `limit` ratings and returns how many.
    mutating func addVoter(sharingUpTo limit: Int, _ body: (UnsafeMutableBufferPointer<Rating>) -> Int) {
        let start = starts[starts.count - 1]
        if ratings.count - start < limit { ratings += repeatElement(0, count: max(limit, ratings.count)) }
        let count = ratings.withUnsafeMutableBufferPointer { body(UnsafeMutableBufferPointer(rebasing: $0[start...])) }
        starts.append(start + count)
    }
}
