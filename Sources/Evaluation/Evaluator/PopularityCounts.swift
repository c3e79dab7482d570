/// How many held-out ratings there are of items as often rated as this or that, and how many of them were found.
struct PopularityCounts: Sendable, Equatable {
    private(set) var heldOut = [Int](repeating: 0, count: Bucket.popularity.count)
    /// By bucket and cutoff.
    private(set) var hits: [[Int]]

    init(cutoffs: Int) {
        hits = [[Int]](repeating: [Int](repeating: 0, count: cutoffs), count: Bucket.popularity.count)
    }

    mutating func add(heldOut bucket: Int) { heldOut[bucket] += 1 }

    mutating func add(hitOn bucket: Int, cutoff: Int) { hits[bucket][cutoff] += 1 }

    mutating func add(_ other: PopularityCounts) {
        for bucket in heldOut.indices {
            heldOut[bucket] += other.heldOut[bucket]
            for cutoff in hits[bucket].indices { hits[bucket][cutoff] += other.hits[bucket][cutoff] }
        }
    }
}
