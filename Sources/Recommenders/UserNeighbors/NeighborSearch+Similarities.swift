extension NeighborSearch {
    /// The nearest by the similarity that the parameters name, with sums as wide as the profile needs.
    ///
    /// - Parameter lengthPowers: of the lengths of the users' vectors of rating values less the neutral one.
    func nearest(lengthPowers: (_ exponent: Double) -> Powers, _ scratch: inout UserNeighborScratch) throws(CancellationError)
        -> [UserNeighbor]
    {
        switch parameters.similarity {
        case .pearson: try nearestByCoRatings(.pearson, &scratch)
        case .euclidean: try nearestByCoRatings(.euclidean, &scratch)
        case .cosine: try nearestByCosine(lengthPowers(-parameters.lengthExponent), &scratch)
        case .jaccard: try nearestByJaccard(&scratch)
        }
    }

    private func nearestByCoRatings(_ kind: CoRatingSimilarity, _ scratch: inout UserNeighborScratch) throws(CancellationError)
        -> [UserNeighbor]
    {
        guard NarrowSums.fits(count: profile.items.count, maximumCode: scale.maximumCode) else {
            var sums = BlockedSums<WideSums>()
            let measure = CoRatingMeasure<WideSums>(kind: kind, codes: profile.codes, scale: scale)
            return try nearest(by: measure, summing: &sums, counting: &scratch.counts)
        }
        let measure = CoRatingMeasure<NarrowSums>(kind: kind, codes: profile.codes, scale: scale)
        return try nearest(by: measure, summing: &scratch.coRatings, counting: &scratch.counts)
    }

    private func nearestByCosine(_ inverseLengths: Powers, _ scratch: inout UserNeighborScratch)
        throws(CancellationError) -> [UserNeighbor]
    {
        let largest = scale.opinions.map(abs).max() ?? 0
        guard NarrowOverlap.fits(count: profile.items.count, magnitude: largest * largest * profile.fullWeight) else {
            var sums = BlockedSums<WideOverlap>()
            let measure = CosineMeasure<WideOverlap>(profile, on: scale, inverseLengths: inverseLengths)
            return try nearest(by: measure, summing: &sums, counting: &scratch.counts)
        }
        let measure = CosineMeasure<NarrowOverlap>(profile, on: scale, inverseLengths: inverseLengths)
        return try nearest(by: measure, summing: &scratch.overlaps, counting: &scratch.counts)
    }

    private func nearestByJaccard(_ scratch: inout UserNeighborScratch) throws(CancellationError) -> [UserNeighbor] {
        guard NarrowOverlap.fits(count: profile.items.count, magnitude: profile.fullWeight) else {
            var sums = BlockedSums<WideOverlap>()
            return try nearest(by: JaccardMeasure<WideOverlap>(profile, in: ratings), summing: &sums, counting: &scratch.counts)
        }
        let measure = JaccardMeasure<NarrowOverlap>(profile, in: ratings)
        return try nearest(by: measure, summing: &scratch.overlaps, counting: &scratch.counts)
    }
}
