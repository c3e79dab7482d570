/// A range of counts in which figures are broken down.
package struct Bucket: Hashable, Sendable {
    package let lowerBound: Int
    /// The highest count in it; nil where there is no limit.
    package let last: Int?

    /// By the number of ratings in the profile.
    package static let profileSizes = buckets(from: [1, 5, 10, 20, 50, 100, 200, 500, 1000])

    /// By the number of training ratings of a held-out item.
    package static let popularity = buckets(from: [0, 1, 5, 20, 50, 100, 500, 2000, 10_000])

    private static func buckets(from bounds: [Int]) -> [Bucket] {
        bounds.indices.map { Bucket(lowerBound: bounds[$0], last: $0 + 1 < bounds.count ? bounds[$0 + 1] - 1 : nil) }
    }

    /// For people: `20–49`, `10000+`.
    package var title: String {
        guard let last else { return "\(lowerBound)+" }
        return last == lowerBound ? "\(last)" : "\(lowerBound)–\(last)"
    }
}

extension [Bucket] {
    /// The place of the bucket that `count` falls in.
    func place(of count: Int) -> Int {
        (lastIndex { $0.lowerBound <= count }) ?? 0
    }
}
