package import Recommenders

extension Split {
    /// Holds out each user's latest rating, and for validation the latest but one; of equally late ones the higher item counts as
    /// later.
    ///
    /// Users with one rating keep it and are not evaluated; users with two have none for validation.
    package static func leaveLastOut(_ ratings: RatingMatrix) throws(SplitError) -> Split {
        guard ratings.hasTimes else { throw .timesUnknown }
        return try leaveOut(.leaveLastOut, ratings) { row, _ in
            ratings.rowTimes.withUnsafeBufferPointer { times in
                var (last, secondLast) = (row.lowerBound, row.lowerBound)
                for place in row.dropFirst() {
                    if times[place] >= times[last] {
                        (last, secondLast) = (place, last)
                    } else if secondLast == last || times[place] >= times[secondLast] {
                        secondLast = place
                    }
                }
                return (last, secondLast)
            }
        }
    }

    /// Holds out one rating of each user and another for validation, drawn by `seed` and the user's number.
    ///
    /// Users with one rating keep it and are not evaluated; users with two have none for validation.
    package static func leaveOneOut(_ ratings: RatingMatrix, seed: UInt64) throws(SplitError) -> Split {
        try leaveOut(.leaveOneOut(seed: seed), ratings) { row, user in
            guard row.count > 1 else { return (row.lowerBound, row.lowerBound) }
            var generator = SplitMix64(seed: seed &+ UInt64(user) &* 0x9E37_79B9_7F4A_7C15)
            // The first number of neighbouring seeds is the second of the one before.
            generator = SplitMix64(seed: generator.next())
            let test = generator.next(in: row)
            let other = generator.next(in: row.lowerBound..<row.upperBound - 1)
            return (test, other < test ? other : other + 1)
        }
    }

    /// - Parameter choose: the places of the test and the validation rating in a row that is not empty, different where it has
    ///   two.
    private static func leaveOut(
        _ method: SplitMethod, _ ratings: RatingMatrix, choose: @Sendable (Range<Int>, Int) -> (test: Int, validation: Int)
    ) throws(SplitError) -> Split {
        let test = RatingLists(of: ratings) { user, places in
            let row = ratings.row(user)
            if row.count > 1 { places.append(choose(row, user).test) }
        }
        let validation = RatingLists(of: ratings) { user, places in
            let row = ratings.row(user)
            if row.count > 2 { places.append(choose(row, user).validation) }
        }
        return try Split(method, of: ratings, test: test, validation: validation)
    }
}
