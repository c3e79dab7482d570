package import Recommenders

/// Some of each user's ratings: those of user `u` stand at `starts[u] ..< starts[u + 1]`, ascending by item.
package struct RatingLists: Sendable, Equatable {
    package let starts: FlatArray<Int>
    package let items: FlatArray<UInt32>
    package let codes: FlatArray<UInt8>

    package var userCount: Int { starts.count - 1 }

    package func row(_ user: Int) -> Range<Int> { starts[user]..<starts[user + 1] }

    /// Calls `choose` for every user, on all cores, and keeps the ratings at the places of the matrix that it appends.
    ///
    /// - Precondition: `choose` appends ascending places of the user's row.
    init(of ratings: RatingMatrix, threads: Int = Parallel.coreCount, choose: @Sendable (Int, inout [Int]) -> Void) {
        let stride = 4096
        let chunks = Chunks(of: ratings.userCount, stride: stride, threads: threads) { users -> ([Int], [Int]) in
            var places: [Int] = []
            let ends = users.map { user in
                choose(user, &places)
                return places.count
            }
            return (places, ends)
        }
        var starts = [0]
        starts.reserveCapacity(ratings.userCount + 1)
        var places: [Int] = []
        for (chosen, ends) in chunks.results {
            for end in ends { starts.append(places.count + end) }
            places += chosen
        }
        let items = ratings.items.withUnsafeBufferPointer { items in places.map { items[$0] } }
        let codes = ratings.rowCodes.withUnsafeBufferPointer { codes in places.map { codes[$0] } }
        self.init(starts: starts, items: items, codes: codes)
    }

    init(starts: [Int], items: [UInt32], codes: [UInt8]) {
        self.starts = FlatArray(starts)
        self.items = FlatArray(items)
        self.codes = FlatArray(codes)
    }

    /// Empty lists.
    init(userCount: Int) {
        self.init(starts: [Int](repeating: 0, count: userCount + 1), items: [], codes: [])
    }

    /// Both lists of each user in one.
    ///
    /// - Precondition: they share no rating.
    func merging(_ other: RatingLists) -> RatingLists {
        var merged = RatingListBuilder()
        items.withUnsafeBufferPointer { items in
            other.items.withUnsafeBufferPointer { otherItems in
                for user in 0..<userCount {
                    let row = row(user)
                    var place = row.lowerBound
                    for otherPlace in other.row(user) {
                        while place < row.upperBound, items[place] < otherItems[otherPlace] {
                            merged.append(items[place], codes[place])
                            place += 1
                        }
                        merged.append(otherItems[otherPlace], other.codes[otherPlace])
                    }
                    for place in place..<row.upperBound { merged.append(items[place], codes[place]) }
                    merged.endRow()
                }
            }
        }
        return merged.lists
    }
}

extension RatingMatrix {
    func removing(_ lists: RatingLists) -> RatingMatrix { removing(lists.items, startingAt: lists.starts) }
}
