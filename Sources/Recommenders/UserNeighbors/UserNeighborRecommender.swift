/// User-based collaborative filtering: people who rated as you did say what else is good (Resnick et al. 1994, GroupLens;
/// Herlocker et al. 2002 for the choices in it).
///
/// Users who share items with the profile → similarity over the shared items → the k nearest → the similarity-weighted matrix of
/// their ratings → the best items that the profile has not. A call costs what it touches: the columns of the profile's items and the rows
/// of the neighbours, whatever the size of the matrix. Any number of threads may call at once.
package struct UserNeighborRecommender: Sendable {
    package let ratings: RatingMatrix
    package let scale: RatingScale
    /// The length of every user's vector of rating values less the neutral one.
    private let norms: [Double]
    private let scratch: ScratchPool<UserNeighborScratch>

    /// - Complexity: O(ratings).
    package init(ratings: RatingMatrix, scale: RatingScale) {
        self.ratings = ratings
        self.scale = scale
        self.norms = (0..<ratings.userCount).map { scale.norm(of: ratings.rowCodes[ratings.row($0)]) }
        self.scratch = ScratchPool { [itemCount = ratings.itemCount] in UserNeighborScratch(itemCount: itemCount) }
    }

    /// The users with the highest positive similarity, nearest first, of equal ones the lower row first. The profile's own row is none.
    ///
    /// A similarity is rounded to single precision before it is compared, so that two that are equal by definition are equal here.
    package func neighbours(of profile: Profile, parameters: UserNeighborParameters) -> [UserNeighbor] {
        scratch.withScratch { nearest(to: profile, parameters, &$0) }
    }

    /// The best items outside the profile.
    ///
    /// Fewer than `count` only when the neighbours rated fewer that pass `filter` (and, in the order `match`, its threshold).
    /// - Parameter reasons: how many of the profile's ratings explain an item at most.
    package func recommend(
        for profile: Profile, count: Int, parameters: UserNeighborParameters, filter: ItemFilter? = nil, reasons: Int = 3
    ) -> UserNeighborRanking {
        scratch.withScratch { scratch in
            let neighbours = nearest(to: profile, parameters, &scratch)
            let voters = neighbours.map { Voter($0, in: parameters.order) }
            scratch.places.mark(profile)
            for voter in voters { scratch.votes.add(voter, in: ratings) }
            defer {
                scratch.votes.clear()
                scratch.places.clear(profile)
            }

            let ranking = VoteRanking(order: parameters.order, neighbours: neighbours.count, scale: scale)
            var best = TopK(capacity: count)
            for item in scratch.votes.items where !scratch.places.contains(item) && filter?.admits(item) ?? true {
                if let score = ranking.score(scratch.votes[item]) { best.offer(item, score: score) }
            }
            let chosen = best.sorted()
            let because = Contributions(of: profile, to: voters, in: ratings, places: scratch.places)
                .strongest(reasons, for: chosen.map(\.element))
            let items = zip(chosen, because).map { entry, because in
                let votes = scratch.votes[entry.element]
                return RankedItem(
                    item: entry.element, score: Double(entry.score), predictedRating: ranking.predictedRating(votes),
                    matchPercent: ranking.matchPercent(votes), because: because)
            }
            return UserNeighborRanking(neighbours: neighbours, items: items)
        }
    }

    private func nearest(
        to profile: Profile, _ parameters: UserNeighborParameters, _ scratch: inout UserNeighborScratch
    ) -> [UserNeighbor] {
        if NarrowSums.fits(count: profile.items.count, maximumCode: scale.maximumCode) {
            nearest(to: profile, parameters, &scratch.narrow)
        } else {
            nearest(to: profile, parameters, &scratch.wide)
        }
    }

    private func nearest<Sums>(
        to profile: Profile, _ parameters: UserNeighborParameters, _ coRatings: inout CoRatingAccumulator<Sums>
    ) -> [UserNeighbor] {
        coRatings.add(profile, in: ratings)
        defer { coRatings.clear() }

        let norm = scale.norm(of: profile.codes)
        var nearest = TopK(capacity: parameters.neighbours)
        func consider(_ user: UInt32) {
            let shared = coRatings[user]
            guard user != profile.row, shared.count >= parameters.minimumOverlap else { return }
            let similarity =
                switch parameters.similarity {
                case .pearson: shared.pearson
                case .cosine: shared.cosine(on: scale, norms: norm * norms[Int(user)])
                case .euclidean: shared.euclidean(on: scale)
                }
            let significance = Double(shared.count) / (Double(shared.count) + parameters.shrinkage)
            let weight = Float(similarity * significance)
            if weight > 0 { nearest.offer(user, score: weight) }
        }
        if let limit = parameters.candidates {
            var closest = TopK(capacity: limit)
            for user in coRatings.users where user != profile.row {
                closest.offer(user, score: Float(coRatings[user].count))
            }
            for candidate in closest.sorted() { consider(candidate.element) }
        } else {
            for user in coRatings.users { consider(user) }
        }
        return nearest.sorted().map { UserNeighbor(user: $0.element, similarity: $0.score) }
    }
}

extension RatingScale {
    /// The Euclidean length of the vector of the codes' values less the neutral one.
    fileprivate func norm(of codes: some Sequence<UInt8>) -> Double {
        codes.reduce(0) { sum, code in
            let opinion = value(of: code) - neutral
            return sum + opinion * opinion
        }.squareRoot()
    }
}
