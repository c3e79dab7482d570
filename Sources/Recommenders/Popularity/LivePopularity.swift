/// `Popularity` with what was said since laid over its ratings.
///
/// Where ratings count less with age, those said since count in full, and the file's as they did on the day of its newest.
struct LivePopularity: ItemScorer {
    private let file: Popularity
    private let live: LiveState

    init(_ file: Popularity, _ live: LiveState) {
        self.file = file
        self.live = live
    }

    var itemCount: Int { live.itemCount }

    func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        var isAnyRated = false
        for item in scores.indices {
            scores[item] = score(of: item)
            isAnyRated = isAnyRated || scores[item] > -.infinity
        }
        return isAnyRated
    }

    func contributions(to entries: [TopK.Entry], in profile: Profile) -> [ItemContributions?] {
        .whateverTheRatings(entries)
    }

    private func score(of item: Int) -> Float {
        let isInFile = item < file.scores.count
        guard let said = live.tables.items[item], said.changes > 0 else { return isInFile ? file.scores[item] : -.infinity }
        let (count, codes) = (Int(said.count), Int(said.codeSum))
        let ratings = live.tables.file.columnIfKnown(UInt32(item)).count + count
        let codeSum = (isInFile ? file.sums[item] : 0) + codes
        // What was taken back counted a little less than 1, so that nothing may be left of what counts little.
        let weight = file.counts.map { max(0, (isInFile ? $0[item] : 0) + Double(count)) } ?? Double(ratings)
        return Popularity.score(weight, ratings: ratings, codeSum: codeSum, on: file.scale)
    }
}
