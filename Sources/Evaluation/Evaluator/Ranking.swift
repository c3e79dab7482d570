import Recommenders

/// Where items stand when all of them are ordered by score, of equal scores the lower index first. What is scored `-infinity` stands nowhere.
enum Ranking {
    /// The best `count`, best first.
    ///
    /// - Complexity: O(scores), which are looked at once, eight at a time.
    static func best(_ count: Int, of scores: UnsafeMutableBufferPointer<Float>) -> [UInt32] {
        guard let base = UnsafeRawPointer(scores.baseAddress) else { return [] }
        var best = TopK(capacity: count)
        let lanes = SIMD8<Float>.scalarCount
        var floor = best.floor
        func offer(_ item: Int) {
            guard scores[item] > floor else { return }
            best.offer(UInt32(item), score: scores[item])
            floor = best.floor
        }
        var item = 0
        while item + lanes <= scores.count {
            let block = base.loadUnaligned(fromByteOffset: item * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
            if any(block .> floor) {
                for lane in item..<item + lanes { offer(lane) }
            }
            item += lanes
        }
        while item < scores.count {
            offer(item)
            item += 1
        }
        return best.sorted().map(\.element)
    }

    /// How many items stand before `item`; nil where it stands nowhere itself.
    ///
    /// - Complexity: O(scores).
    static func place(of item: Int, in scores: UnsafeMutableBufferPointer<Float>) -> Int? {
        let score = scores[item]
        guard score > -.infinity else { return nil }
        var before: Int32 = 0
        for other in 0..<item where scores[other] >= score { before += 1 }
        for other in item + 1..<scores.count where scores[other] > score { before += 1 }
        return Int(before)
    }
}
