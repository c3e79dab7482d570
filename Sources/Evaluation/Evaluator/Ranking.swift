import Recommenders

/// Where items stand when all of them are ordered by score, of equal scores the lower index first. What is scored `-infinity`
/// stands nowhere.
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
        guard score > -.infinity, let base = UnsafeRawPointer(scores.baseAddress) else { return nil }
        // Of equal scores those with a lower index stand before.
        let threshold = SIMD8<Float>(repeating: score)
        return count(base, 0..<item, { $0 .>= threshold }, { $0 >= score })
            + count(base, item + 1..<scores.count, { $0 .> threshold }, { $0 > score })
    }

    /// How many of the scores at `places` pass, eight being asked for at a time as long as there are eight.
    @inline(__always)
    private static func count(
        _ base: UnsafeRawPointer, _ places: Range<Int>, _ passAll: (SIMD8<Float>) -> SIMDMask<SIMD8<Int32>>,
        _ passes: (Float) -> Bool
    ) -> Int {
        var counts = SIMD8<Int32>.zero
        var place = places.lowerBound
        while place + SIMD8<Float>.scalarCount <= places.upperBound {
            let block = base.loadUnaligned(fromByteOffset: place * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
            counts &+= SIMD8<Int32>.zero.replacing(with: 1, where: passAll(block))
            place += SIMD8<Float>.scalarCount
        }
        var count = Int(counts.wrappedSum())
        while place < places.upperBound {
            if passes(base.load(fromByteOffset: place * MemoryLayout<Float>.stride, as: Float.self)) { count += 1 }
            place += 1
        }
        return count
    }
}
