package import Recommenders

extension Split {
    /// Holds out the latest `share` of all ratings, whoever gave them.
    ///
    /// - Parameter share: above 0 and below 1. As times may be equal, a little less may be held out.
    package static func temporal(_ ratings: RatingMatrix, heldOutShare share: Double) throws(SplitError) -> Split {
        guard share > 0, share < 1 else { throw SplitError(.shareOutOfRange, "the share is to be above 0 and below 1") }
        guard let cut = ratings.cut(latest: share, below: .max) else { throw .bothSidesNeeded }
        return try temporal(ratings, cut: cut)
    }

    /// Holds out all ratings given at `cut` or later, in seconds since 1970.
    ///
    /// Of the users who gave ratings on both sides of the cut; those of others who gave theirs after it are left out altogether.
    /// For validation the ratings before the cut are cut again, at the same share.
    package static func temporal(_ ratings: RatingMatrix, cut: UInt32) throws(SplitError) -> Split {
        guard ratings.hasTimes else { throw .timesUnknown }
        let before = ratings.rowTimes.withUnsafeBufferPointer { times in times.count { $0 < cut } }
        guard before > 0, before < ratings.ratingCount else { throw .bothSidesNeeded }
        let share = 1 - Double(before) / Double(ratings.ratingCount)
        let earlierCut = ratings.cut(latest: share, below: cut) ?? cut
        return try Split(
            .temporal(cut: cut), of: ratings, test: ratings.given(at: cut...UInt32.max),
            validation: earlierCut < cut ? ratings.given(at: earlierCut...cut - 1) : RatingLists(userCount: ratings.userCount))
    }
}

extension SplitError {
    fileprivate static let bothSidesNeeded = SplitError(.nothingHeldOut, "all ratings lie on one side of the cut")
}

extension RatingMatrix {
    fileprivate func given(at period: ClosedRange<UInt32>) -> RatingLists {
        RatingLists(of: self) { user, places in
            rowTimes.withUnsafeBufferPointer { times in
                for place in row(user) where period ~= times[place] { places.append(place) }
            }
        }
    }

    /// The earliest time from which on no more than `share` of the ratings given before `end` lie; nil where there are none.
    ///
    /// - Complexity: O(ratings): three passes, the last two over the upper and the lower halves of the times' bits.
    fileprivate func cut(latest share: Double, below end: UInt32) -> UInt32? {
        rowTimes.withUnsafeBufferPointer { times in
            let count = times.count { $0 < end }
            let place = Int((Double(count) * (1 - share)).rounded(.up))
            guard place < count else { return nil }
            var uppers = [Int](repeating: 0, count: 1 << 16)
            for time in times where time < end { uppers[Int(time >> 16)] += 1 }
            let (upper, before) = uppers.bin(holding: place)
            var lowers = [Int](repeating: 0, count: 1 << 16)
            for time in times where time < end && time >> 16 == upper { lowers[Int(time & 0xFFFF)] += 1 }
            let (lower, beforeLower) = lowers.bin(holding: place - before)
            let time = UInt32(upper << 16 | lower)
            // Equal times stay on one side, so where some would lie before the place all do.
            return beforeLower == place - before ? time : time + 1
        }
    }
}

extension [Int] {
    /// The bin in which the `place`-th element lies, and how many lie in those before it.
    fileprivate func bin(holding place: Int) -> (bin: Int, before: Int) {
        var before = 0
        for (bin, count) in enumerated() {
            if before + count > place { return (bin, before) }
            before += count
        }
        return (count - 1, before)
    }
}
