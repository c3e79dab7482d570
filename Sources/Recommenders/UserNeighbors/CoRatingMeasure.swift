/// The similarities of the ratings that two users gave to the items they share.
struct CoRatingMeasure<Sums: CoRatingSums>: SimilarityMeasure {
    let kind: CoRatingSimilarity
    let codes: [UInt8]
    let scale: RatingScale

    var highest: Double { 1 + 1e-9 }

    func addend(_ n: Int, code: UInt8) -> Sums { Sums(x: codes[n], y: code) }

    func similarity(to user: UInt32, _ sums: Sums) -> Double {
        switch kind {
        case .pearson: sums.unpacked.pearson
        case .euclidean: sums.unpacked.euclidean(on: scale)
        }
    }
}

enum CoRatingSimilarity { case pearson, euclidean }
