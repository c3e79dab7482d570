import Recommenders

extension Split {
    /// The items of each user as lists of a published split have them, all ratings being alike.
    ///
    /// Users are numbered by their place in the lists, which may be of different lengths. An item that stands in several lists of
    /// a user counts for the first of training, validation and test, because it could never be found where it is masked.
    /// - Parameters:
    ///   - validation: empty where there are none.
    ///   - itemCount: above every item.
    package static func asGiven(
        training: [[UInt32]], validation: [[UInt32]] = [], test: [[UInt32]], itemCount: Int
    ) throws(SplitError) -> Split {
        let parts = [training, validation, test]
        let userCount = parts.map(\.count).max() ?? 0
        guard parts.allSatisfy({ $0.allSatisfy { $0.allSatisfy { $0 < itemCount } } }) else {
            throw SplitError(.itemOutOfRange, "an item of the lists is not below \(itemCount)")
        }
        var all = RatingListBuilder()
        var apart = [RatingListBuilder](repeating: RatingListBuilder(), count: parts.count)
        for user in 0..<userCount {
            var seen: Set<UInt32> = []
            for (number, part) in parts.enumerated() {
                let own = user < part.count ? Set(part[user]).subtracting(seen) : []
                apart[number].appendRow(own.sorted())
                seen.formUnion(own)
            }
            all.appendRow(seen.sorted())
        }
        let lists = all.lists
        let ratings = RatingMatrix(
            itemCount: itemCount, rowStarts: lists.starts, items: lists.items, rowCodes: lists.codes)
        return try Split(.asGiven, of: ratings, test: apart[2].lists, validation: apart[1].lists)
    }
}
