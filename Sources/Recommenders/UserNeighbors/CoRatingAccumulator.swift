/// Sums of co-rated items for every user at once, and the list of the users that have any, so that clearing costs only
/// what was touched (the idea of `SparseMatrixMultiplier` in the library implicit).
struct CoRatingAccumulator<Sums: PackedSums>: Sendable {
    private var sums: [Sums] = []
    private var touched: [UInt32] = []
    private var touchedCount = 0

    /// The users who share items with the profile that was added, in no order to rely on.
    var users: ArraySlice<UInt32> { touched[..<touchedCount] }

    subscript(user: UInt32) -> CoRatings { sums[Int(user)].unpacked }

    /// Walks the columns of the profile's items.
    ///
    /// - Precondition: it is clear, and `Sums.fits` the profile.
    /// - Complexity: O(ratings of the profile's items).
    mutating func add(_ profile: Profile, in ratings: RatingMatrix) {
        if sums.isEmpty {
            sums = [Sums](repeating: .zero, count: ratings.userCount)
            // One place more than users: the loop writes before it knows whether the user is new.
            touched = [UInt32](repeating: 0, count: ratings.userCount + 1)
        }
        touchedCount = sums.withUnsafeMutableBufferPointer { sums in
            touched.withUnsafeMutableBufferPointer { touched in
                ratings.users.withUnsafeBufferPointer { users in
                    ratings.columnCodes.withUnsafeBufferPointer { codes in
                        var touchedCount = 0
                        for (item, code) in zip(profile.items, profile.codes) {
                            let addend = Sums.addend(forCode: code)
                            for place in ratings.column(Int(item)) {
                                let user = users[place]
                                // Without a branch, which would be mispredicted too often.
                                touched[touchedCount] = user
                                touchedCount += sums[Int(user)].isZero ? 1 : 0
                                sums[Int(user)].add(addend, code: codes[place])
                            }
                        }
                        return touchedCount
                    }
                }
            }
        }
    }

    /// - Complexity: O(`users`).
    mutating func clear() {
        for user in users { sums[Int(user)] = .zero }
        touchedCount = 0
    }
}
