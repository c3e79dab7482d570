import Synchronization

extension RatingMatrix {
    /// A longer row's places do not fit into 16 bits; it is sorted whenever it is needed.
    static var longestOrderedRow: Int { 1 << 16 }

    private static var rowsPerStep: Int { 1024 }

    /// What `timeOrder` holds; zeros for rows longer than `longestOrderedRow`.
    ///
    /// - Returns: nil where no times are known.
    /// - Complexity: O(ratings), on all cores.
    func orderedInTime() -> FlatArray<UInt16>? {
        guard hasTimes else { return nil }
        return FlatArray(count: ratingCount) { places in
            let places = SharedBuffer(places)
            Parallel.forEachRange(of: userCount, stride: Self.rowsPerStep) { rows in
                var order = TimeOrder()
                for user in rows {
                    let row = row(user)
                    let target = places[row]
                    guard row.count <= Self.longestOrderedRow else {
                        target.initialize(repeating: 0)
                        continue
                    }
                    let hasOrder = order.withPlaces(of: row, in: self) { sorted in
                        for number in target.indices {
                            target[number] = UInt16(truncatingIfNeeded: TimeOrder.place(sorted[number]))
                        }
                    }
                    if !hasOrder { for number in target.indices { target[number] = UInt16(truncatingIfNeeded: number) } }
                }
            }
        }
    }

    /// Whether `places` is what `orderedInTime` makes, but for rows that are too long for it.
    ///
    /// It is if of each place and the next one the first comes first, since there is but one way to put different things in an order.
    ///
    /// - Complexity: O(ratings), on all cores.
    func isOrderedInTime(_ places: FlatArray<UInt16>) -> Bool {
        guard places.count == ratingCount else { return false }
        let isOrdered = Atomic(true)
        places.withUnsafeBufferPointer { places in
            rowTimes.withUnsafeBufferPointer { times in
                nonisolated(unsafe) let (places, times) = (places, times)
                Parallel.forEachRange(of: userCount, stride: Self.rowsPerStep) { rows in
                    for user in rows {
                        let row = row(user)
                        guard row.count <= Self.longestOrderedRow else { continue }
                        if !Self.isOrdered(places[row], by: times[row]) { isOrdered.store(false, ordering: .relaxed) }
                    }
                }
            }
        }
        return isOrdered.load(ordering: .relaxed)
    }

    private static func isOrdered(_ places: Slice<UnsafeBufferPointer<UInt16>>, by times: Slice<UnsafeBufferPointer<UInt32>>)
        -> Bool
    {
        let places = UnsafeBufferPointer(rebasing: places)
        let times = UnsafeBufferPointer(rebasing: times)
        var previous = -1
        for place in places {
            guard place < times.count else { return false }
            let key = Int(times[Int(place)]) << 16 | Int(place)
            guard previous < key else { return false }
            previous = key
        }
        return true
    }
}
