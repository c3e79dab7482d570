/// User-based collaborative filtering: people who rated as you did say what else is good (Resnick et al. 1994, GroupLens;
/// Herlocker et al. 2002 for the choices in it).
///
/// Users who share items with the profile → similarity over the shared items → the k nearest → the similarity-weighted matrix of
/// their ratings → the best items that the profile has not. A call costs what it touches, the columns of the profile's items and the
/// rows of the neighbours, and a look at one number for every user and item. Any number of threads may call at once.
package struct UserNeighborRecommender: Sendable {
    package let ratings: RatingMatrix
    package let scale: RatingScale
    /// Of the lengths of the users' vectors of rating values less the neutral one.
    private let lengthPowers: PowerTables
    /// Of the items' numbers of ratings.
    private let popularityPowers: PowerTables
    private let scratch: ScratchPool<UserNeighborScratch>
    /// What was said since; nil where only `ratings` are to count.
    private let current: CurrentRatings
    private var live: LiveState? { current.live }

    /// - Complexity: O(ratings), on all cores.
    package init(ratings: RatingMatrix, scale: RatingScale) {
        self.ratings = ratings
        self.current = CurrentRatings(file: ratings, live: nil)
        self.scale = scale
        self.lengthPowers = PowerTables(of: scale.lengths(of: ratings))
        self.popularityPowers = PowerTables(of: FlatArray((0..<ratings.itemCount).map { Double(ratings.column($0).count) }))
        self.scratch = ScratchPool { [userCount = ratings.userCount, itemCount = ratings.itemCount] in
            UserNeighborScratch(userCount: userCount, itemCount: itemCount)
        }
    }

    /// The same with what was said since laid over its ratings.
    func following(_ live: LiveState) -> UserNeighborRecommender {
        UserNeighborRecommender(self, CurrentRatings(file: ratings, live: live))
    }

    private init(_ other: UserNeighborRecommender, _ current: CurrentRatings) {
        ratings = other.ratings
        scale = other.scale
        lengthPowers = other.lengthPowers
        popularityPowers = other.popularityPowers
        scratch = other.scratch
        self.current = current
    }

    /// Has `live` keep at hand what queries with these parameters ask for.
    func prepare(_ live: LiveRatings, for parameters: [UserNeighborParameters]) {
        let lengths = Set(parameters.filter { $0.similarity == .cosine }.map { -$0.lengthExponent })
        let popularity = Set(parameters.map { -$0.popularityExponent }).subtracting([0])
        live.track(
            lengths: Dictionary(uniqueKeysWithValues: lengths.map { ($0, lengthPowers[$0]) }),
            popularity: Dictionary(uniqueKeysWithValues: popularity.map { ($0, popularityPowers[$0]) }))
    }

    /// With those that the file does not know.
    var itemCount: Int { current.itemCount }

    /// See `NeighborSearch.nearest`.
    package func neighbours(
        of profile: Profile, parameters: UserNeighborParameters
    ) throws(CancellationError) -> [UserNeighbor] {
        try withNeighbours(of: profile, parameters) { _, neighbours, _ in neighbours }
    }

    /// The best items outside the profile.
    ///
    /// Fewer than `count` only when the neighbours rated fewer that pass `filter` (and, in the order `match`, its threshold).
    /// - Parameters:
    ///   - reasons: how many of the profile's ratings explain an item at most.
    ///   - pick: see `ItemScorer.explained`.
    package func recommend(
        for profile: Profile, count: Int, parameters: UserNeighborParameters, filter: ItemFilter? = nil, reasons: Int = 3,
        pick: EntryPick = { best in best }
    ) throws(CancellationError) -> UserNeighborRanking {
        try withNeighbours(of: profile, parameters) { weighted, neighbours, scratch throws(CancellationError) in
            let voters = neighbours.map { Voter($0, in: parameters.order) }
            let ranking = VoteRanking(neighbours: neighbours.count, scale: scale)
            var best: [TopK.Entry]
            let shared: SharedRatings
            switch parameters.order {
            case .agreement:
                shared = try addVotes(of: voters, for: weighted, parameters, &scratch)
                best = scratch.scores.takeBest(
                    count, of: current.itemCount, without: profile.items, dampings: dampings(parameters), filter: filter)
            case .match(let leastShare):
                best = try self.best(count, of: voters, ranking, leastShare, outside: profile, filter, &scratch.votes)
                shared = reasons == 0 ? SharedRatings() : try SharedRatings(of: voters, in: current, places: scratch.places)
            }
            best = try pick(best)
            let codes = try VoterCodes(of: voters, for: best.map(\.element), in: current, &scratch.voterNumbers)
            let contributions =
                reasons == 0
                ? best.map { _ in nil }
                : try Contributions(of: profile, weighted, to: voters, shared).contributions(to: best.map(\.score), codes)
            var strongest = StrongestReasons(reasons, in: profile)
            let items = best.indices.map { place in
                let votes = codes.votes(of: voters, item: place)
                var item = RankedItem(best[place], contributions[place], &strongest)
                item.predictedRating = votes.count > 0 ? ranking.predictedRating(votes) : nil
                item.matchPercent = ranking.matchPercent(votes)
                return item
            }
            return UserNeighborRanking(neighbours: neighbours, items: items)
        }
    }

    /// What share of the profile's neighbours rated each of `items`, 0 to 100, whoever picked them.
    ///
    /// - Returns: nil when there is no neighbour.
    func matches(
        of items: [UInt32], for profile: Profile, parameters: UserNeighborParameters
    ) throws(CancellationError) -> (neighbours: Int, percents: [Double])? {
        try withNeighbours(of: profile, parameters) { _, neighbours, scratch throws(CancellationError) in
            guard !neighbours.isEmpty else { return nil }
            let voters = neighbours.map { Voter($0, in: parameters.order) }
            let codes = try VoterCodes(of: voters, for: items, in: current, &scratch.voterNumbers)
            let ranking = VoteRanking(neighbours: neighbours.count, scale: scale)
            return (neighbours.count, items.indices.map { ranking.matchPercent(codes.votes(of: voters, item: $0)) })
        }
    }

    /// See `ItemScorer.contributions`.
    func contributions(
        to entries: [TopK.Entry], in profile: Profile, parameters: UserNeighborParameters
    ) throws(CancellationError) -> [ItemContributions?] {
        try withNeighbours(of: profile, parameters) { weighted, neighbours, scratch throws(CancellationError) in
            let voters = neighbours.map { Voter($0, in: parameters.order) }
            let codes = try VoterCodes(of: voters, for: entries.map(\.element), in: current, &scratch.voterNumbers)
            let shared = try SharedRatings(of: voters, in: current, places: scratch.places)
            return try Contributions(of: profile, weighted, to: voters, shared).contributions(to: entries.map(\.score), codes)
        }
    }

    /// What the neighbours' votes for every item come to in the order `agreement`, whatever that of `parameters`; `-infinity` for items
    /// that none of them rated.
    ///
    /// - Returns: false, with `scores` as they were, when there is no neighbour.
    func score(
        _ profile: Profile, parameters: UserNeighborParameters, into scores: UnsafeMutableBufferPointer<Float>
    ) throws(CancellationError) -> Bool {
        try withNeighbours(of: profile, parameters) { weighted, neighbours, scratch throws(CancellationError) in
            guard !neighbours.isEmpty else { return false }
            _ = try addVotes(of: neighbours.map { Voter($0, in: parameters.order) }, for: weighted, parameters, &scratch)
            scratch.scores.take(to: scores, dampings: dampings(parameters))
            return true
        }
    }

    private func withNeighbours<Result>(
        of profile: Profile, _ parameters: UserNeighborParameters,
        _ body: (WeightedProfile, [UserNeighbor], inout UserNeighborScratch) throws(CancellationError) -> Result
    ) throws(CancellationError) -> Result {
        try scratch.withScratch { scratch throws(CancellationError) in
            if let live { scratch.grow(toUsers: live.userCount, items: live.itemCount) }
            let weighted = WeightedProfile(profile, latest: parameters.latest, recency: parameters.recency)
            scratch.places.mark(weighted.items)
            let neighbours: [UserNeighbor]
            if let known = scratch.lastNeighbours.of(profile, parameters, version: live?.version) {
                neighbours = known
            } else {
                neighbours = try nearest(to: weighted, parameters, &scratch)
                scratch.lastNeighbours.remember(neighbours, of: profile, parameters, version: live?.version)
            }
            let result = try body(weighted, neighbours, &scratch)
            scratch.places.clear(weighted.items)
            return result
        }
    }

    private func nearest(
        to profile: WeightedProfile, _ parameters: UserNeighborParameters, _ scratch: inout UserNeighborScratch
    ) throws(CancellationError) -> [UserNeighbor] {
        try NeighborSearch(profile: profile, places: scratch.places, parameters: parameters, ratings: current, scale: scale)
            .nearest(lengthPowers: lengthPowers(_:), &scratch)
    }

    private func addVotes(
        of voters: [Voter], for profile: WeightedProfile, _ parameters: UserNeighborParameters,
        _ scratch: inout UserNeighborScratch
    ) throws(CancellationError) -> SharedRatings {
        try scratch.scores.add(
            voters, in: current, maximumCode: scale.maximumCode, succession: parameters.succession, places: scratch.places,
            weights: profile.weights.map { Double($0) / Double(profile.fullWeight) })
    }

    private func best(
        _ count: Int, of voters: [Voter], _ ranking: VoteRanking, _ leastShare: Double, outside profile: Profile,
        _ filter: ItemFilter?, _ votes: inout VoteAccumulator
    ) throws(CancellationError) -> [TopK.Entry] {
        var cancellation = Cancellation()
        for voter in voters {
            try cancellation.count(current.count(ofUser: voter.user))
            votes.add(voter, in: current)
        }
        defer { votes.clear() }
        var best = TopK(capacity: count)
        for item in votes.items where profile.code(of: item) == nil && filter?.admits(item) ?? true {
            if let score = ranking.match(votes[item], leastShare: leastShare) { best.offer(item, score: score) }
        }
        return best.sorted()
    }

    /// By item, what its score is multiplied by; nil for nothing.
    private func dampings(_ parameters: UserNeighborParameters) -> Powers? {
        guard parameters.popularityExponent != 0 else { return nil }
        let exponent = -parameters.popularityExponent
        let powers = popularityPowers[exponent]
        return live?.tables.popularityPowers(powers, exponent) ?? Powers(powers, exponent: exponent)
    }

    private func lengthPowers(_ exponent: Double) -> Powers {
        let powers = lengthPowers[exponent]
        return live?.tables.lengthPowers(powers, exponent) ?? Powers(powers, exponent: exponent)
    }
}

extension RatingScale {
    /// By user, the Euclidean length of the vector of the ratings' values less the neutral one.
    fileprivate func lengths(of ratings: RatingMatrix) -> FlatArray<Double> {
        let squares = opinions.map { $0 * $0 }
        return FlatArray(count: ratings.userCount) { lengths in
            // Every thread writes to places of its own.
            nonisolated(unsafe) let lengths = lengths
            Parallel.forEachRange(of: ratings.userCount, stride: 4096) { users in
                ratings.rowCodes.withUnsafeBufferPointer { codes in
                    squares.withUnsafeBufferPointer { squares in
                        for user in users {
                            var sum: Int64 = 0
                            for place in ratings.row(user) { sum &+= squares[Int(codes[place])] }
                            lengths[user] = length(squares: sum)
                        }
                    }
                }
            }
        }
    }
}
