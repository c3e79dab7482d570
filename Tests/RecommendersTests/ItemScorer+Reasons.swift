@testable import Recommenders

extension ItemScorer {
    /// For each of `items` the places in the profile of the ratings that explain it.
    func reasons(_ count: Int, for items: [UInt32], in profile: Profile) throws(CancellationError) -> [[Int]] {
        var reasons = StrongestReasons(count, in: profile)
        return try contributions(to: items.map { TopK.Entry(element: $0, score: 0) }, in: profile).map {
            $0.map { reasons.strongest(of: $0.ratings) } ?? []
        }
    }
}
