import Recommenders

/// Takes the diversity of lists: the rating columns of a list's items as sets of bits, one bit per user.
struct ListDiversity {
    private let ratings: RatingMatrix
    private let width: Int
    private var bits: [UInt64] = []

    init(_ ratings: RatingMatrix) {
        self.ratings = ratings
        width = (ratings.userCount + 63) / 64
    }

    /// One minus the mean cosine of all pairs among the first n items, by cutoff n; nil where there is no pair.
    ///
    /// - Complexity: O(items² · users / 64).
    mutating func diversity(of list: [UInt32], at cutoffs: [Int]) -> [Double?] {
        bits = [UInt64](repeating: 0, count: list.count * width)
        var sums = [0.0]
        for (place, item) in list.enumerated() {
            ratings.users.withUnsafeBufferPointer { users in
                for user in users[ratings.column(Int(item))] {
                    bits[place * width + Int(user >> 6)] |= 1 << UInt64(user & 63)
                }
            }
            var sum = 0.0
            for other in 0..<place {
                let counts = Double(ratings.column(Int(item)).count) * Double(ratings.column(Int(list[other])).count)
                if counts > 0 { sum += Double(sharedBits(place, other)) / counts.squareRoot() }
            }
            sums.append(sums[place] + sum)
        }
        return cutoffs.map { cutoff in
            let length = min(cutoff, list.count)
            return length > 1 ? 1 - sums[length] / Double(length * (length - 1) / 2) : nil
        }
    }

    private func sharedBits(_ first: Int, _ second: Int) -> Int {
        bits.withUnsafeBufferPointer { bits in
            var count = 0
            for word in 0..<width { count += (bits[first * width + word] & bits[second * width + word]).nonzeroBitCount }
            return count
        }
    }
}
