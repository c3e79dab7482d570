package import Recommenders

extension Split {
    /// Holds out the latest `share` of all ratings, whoever gave them.
    ///
    /// - Parameter share: above 0 and below 1. As times may be equal, a little less may be held out.
    package static func temporal(_ ratings: RatingMatrix, heldOutShare share: Double) throws(SplitError) -> Split {
        guard share > 0, share < 1 else { throw SplitError(.shareOutOfRange, "the share is to be above 0 and below 1") }
        guard let cut = ratings.rowTimes.cut(latest: share, below: nil) else { throw .bothSidesNeeded }
        return try temporal(ratings, cut: cut)
    }

    /// Holds out all ratings given at `cut` or later, in seconds since 1970.
    ///
    /// Of the users who gave ratings on both sides of the cut; those of others who gave theirs after it are left out altogether. For
    /// validation the ratings before the cut are cut again, at the same share.
    package static func temporal(_ ratings: RatingMatrix, cut: UInt32) throws(SplitError) -> Split {
        guard ratings.rowTimes.contains(where: { $0 > 0 }) else {
            throw SplitError(.timesUnknown, "the data set does not say when ratings were given")
        }
        let before = ratings.rowTimes.count { $0 < cut }
        guard before > 0, before < ratings.ratingCount else { throw .bothSidesNeeded }
        let share = 1 - Double(before) / Double(ratings.ratingCount)
        let earlierCut = ratings.rowTimes.cut(latest: share, below: cut) ?? cut
        let test = RatingLists(of: ratings) { user, places in
            for place in ratings.row(user) where ratings.rowTimes[place] >= cut { places.append(place) }
        }
        let validation = RatingLists(of: ratings) { user, places in
            for place in ratings.row(user) where earlierCut..<cut ~= ratings.rowTimes[place] { places.append(place) }
        }
        return try Split(.temporal(cut: cut), of: ratings, test: test, validation: validation)
    }
}

extension SplitError {
    fileprivate static let bothSidesNeeded = SplitError(.nothingHeldOut, "all ratings lie on one side of the cut")
}

extension FlatArray<UInt32> {
    /// The earliest time from which on no more than `share` of the times below `end` lie (all times where it is nil); nil where there are none.
    ///
    /// - Complexity: O(count): three passes, the first two over the upper and the lower halves of the times' bits.
    fileprivate func cut(latest share: Double, below end: UInt32?) -> UInt32? {
        let isIn = { (time: UInt32) in end.map { time < $0 } ?? true }
        let count = self.count(where: isIn)
        guard count > 0 else { return nil }
        let place = Int((Double(count) * (1 - share)).rounded(.up))
        guard place < count else { return nil }
        var uppers = [Int](repeating: 0, count: 1 << 16)
        for time in self where isIn(time) { uppers[Int(time >> 16)] += 1 }
        let (upper, before) = uppers.bin(holding: place)
        var lowers = [Int](repeating: 0, count: 1 << 16)
        for time in self where time >> 16 == upper && isIn(time) { lowers[Int(time & 0xFFFF)] += 1 }
        let (lower, beforeLower) = lowers.bin(holding: place - before)
        let time = UInt32(upper << 16 | lower)
        // Ratings of that same time that would lie before the cut keep it off: equal times stay on one side.
        return beforeLower == place - before ? time : time + 1
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
