import Recommenders

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What it costs to keep only the strongest weights: how well the dense and the sparse matrix find a user's latest rating from the others, as
/// the mean NDCG@10 over a sample of users among all covered items that the user has not rated. Neither has seen those ratings.
package struct SparsificationLoss: Hashable, Sendable {
    package let users: Int
    package let denseNDCG: Double
    package let sparseNDCG: Double

    /// The share of the dense matrix's NDCG that is lost; below 0 where the sparse one does better.
    package var share: Double { denseNDCG > 0 ? 1 - sparseNDCG / denseNDCG : 0 }

    /// - Parameters:
    ///   - sample: what was left out in training.
    ///   - items: the covered ones, in the order in which `dense` knows them.
    ///   - dense: writes the score of every covered item, given the profile's covered items and how strongly each counts.
    init(
        of sample: HeldOutSample, in ratings: RatingMatrix, items: [UInt32], sparse: ItemWeightsRecommender, threads: Int,
        dense: @Sendable ([UInt32], [Float], UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        let places = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, UInt32($0)) })
        let users = sample.users
        var gains = [(dense: Double, sparse: Double)?](repeating: nil, count: users.count)
        gains.withUnsafeMutableBufferPointer { gains in
            let gains = Gains(elements: gains)
            Parallel.forEach(users.count, threads: threads) { number in
                guard let (profile, latest) = sample.split(users[number], of: ratings), let wanted = places[latest] else {
                    return
                }
                let rated = Set(profile.items)
                let rank = { (scores: (Int) -> Float) in
                    let score = scores(Int(wanted))
                    return items.indices.count { place in
                        !rated.contains(items[place]) && (scores(place), wanted) > (score, UInt32(place))
                    }
                }
                let strengths = sparse.strengths(of: profile)
                let known = profile.items.indices.filter { places[profile.items[$0]] != nil }
                withUnsafeTemporaryAllocation(of: Float.self, capacity: max(items.count, ratings.itemCount)) { memory in
                    let scores = UnsafeMutableBufferPointer(rebasing: memory[..<items.count])
                    dense(known.compactMap { places[profile.items[$0]] }, known.map { strengths[$0] }, scores)
                    let denseRank = rank { scores[$0] }
                    let allScores = UnsafeMutableBufferPointer(rebasing: memory[..<ratings.itemCount])
                    let speaks = sparse.answer(profile, into: allScores)
                    let sparseRank = speaks ? rank { allScores[Int(items[$0])] } : items.count
                    gains.elements[number] = (Self.gain(denseRank), Self.gain(sparseRank))
                }
            }
        }
        let found = gains.compactMap { $0 }
        self.users = found.count
        denseNDCG = found.reduce(0) { $0 + $1.dense } / Double(max(found.count, 1))
        sparseNDCG = found.reduce(0) { $0 + $1.sparse } / Double(max(found.count, 1))
    }

    /// For people, in one line; nil where nothing could be left out to measure it.
    package var text: String? {
        guard users > 0 else { return nil }
        func rounded(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
        let lost = abs((share * 1000).rounded() / 10)
        return """
            keeping the strongest weights only: NDCG@10 \(rounded(sparseNDCG)) instead of \(rounded(denseNDCG)), \(lost) % \(share < 0 ? "more" : "less"), on \
            \(users) latest ratings that were left out
            """
    }

    private struct Gains: @unchecked Sendable {
        // Every thread writes the places of its own users.
        let elements: UnsafeMutableBufferPointer<(dense: Double, sparse: Double)?>
    }

    private static func gain(_ rank: Int) -> Double { rank < 10 ? 1 / log2(Double(rank) + 2) : 0 }
}
