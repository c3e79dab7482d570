#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Items to ask somebody about of whom nothing is known, in the order in which to ask.
///
/// Those are asked first whose answers are expected to make lists better for most, over all who rate them and those who do not know them:
/// they are known to many and they split the community (after Rashid et al. 2002, "Getting to know you", and the greedy bootstrapping of
/// Golbandi, Koren and Lempel 2010, here with the hits of a list in place of rating errors).
///
/// An item's answer, liked or not, leads to the list of what those who gave it rate most. Starting from the list of what is rated most by
/// all, that item comes next whose lists hit most for those who know it beyond the best of the lists they have by then. So an item that says
/// what an earlier one said comes late. Users are a sample, items the most rated ones, so that it takes seconds on any data set.
package struct Questionnaire: Sendable, Hashable {
    /// In the order in which to ask, each once.
    package let items: [UInt32]

    package enum Order: String, Sendable, CaseIterable {
        /// What helps most first.
        case informative
        /// What is rated most first.
        case popular
        /// By the logarithm of how often it is rated times the entropy of its ratings (Rashid et al. 2002).
        case entropy
    }

    /// How long the lists are that an answer leads to.
    static let listLength = 10
    /// Users that are looked at, and items that may be asked about, at most.
    static let sampleSize = 5000
    static let candidateCount = 500
    /// Lists of fewer users than this say little.
    static let fewest = 5

    /// - Parameter count: how many items to ask about; fewer come of data sets with fewer rated items.
    /// - Complexity: of the sample's ratings of candidates, times the mean length of a profile.
    package init(_ ratings: RatingMatrix, count: Int, order: Order = .informative) {
        let known = (0..<UInt32(ratings.itemCount)).filter { !ratings.column(Int($0)).isEmpty }
            .sorted { (ratings.column(Int($0)).count, $1) > (ratings.column(Int($1)).count, $0) }
        switch order {
        case .popular:
            items = Array(known.prefix(count))
        case .entropy:
            let values = known.map { Self.popularityTimesEntropy($0, ratings) }
            let sorted = known.indices.sorted { (values[$0], $1) > (values[$1], $0) }
            items = sorted.prefix(count).map { known[$0] }
        case .informative:
            var search = QuestionSearch(ratings, candidates: Array(known.prefix(Self.candidateCount)))
            let chosen = search.choose(count)
            items = chosen + known.lazy.filter { !chosen.contains($0) }.prefix(count - chosen.count)
        }
    }

    private static func popularityTimesEntropy(_ item: UInt32, _ ratings: RatingMatrix) -> Double {
        let column = ratings.column(Int(item))
        var counts = [Int](repeating: 0, count: 256)
        for code in ratings.columnCodes[column] { counts[Int(code)] += 1 }
        let entropy = counts.reduce(0.0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / Double(column.count)
            return sum - share * log2(share)
        }
        return log2(Double(column.count)) * entropy
    }
}
