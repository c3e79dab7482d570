/// For each word the ranks of the items that have it, found by the whole word or its beginning.
struct RankedPostings: Sendable {
    /// Sorted by their bytes.
    private let words: [String]
    /// `ranks[starts[w] ..< starts[w + 1]]` are the items of word `w`, ascending.
    private let starts: [Int]
    private let ranks: [UInt32]

    /// - Parameter wordsByRank: the words of the item of each rank.
    init(_ wordsByRank: [[String]]) {
        var lists: [String: [UInt32]] = [:]
        for (rank, words) in wordsByRank.enumerated() {
            for word in Set(words) { lists[word, default: []].append(UInt32(rank)) }
        }
        let sorted = lists.sorted { Self.precedes($0.key, $1.key) }
        words = sorted.map(\.key)
        starts = sorted.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.value.count) }
        ranks = sorted.flatMap(\.value)
    }

    func ranks(of word: String) -> ArraySlice<UInt32> {
        let place = firstPlace(notBefore: word)
        guard place < words.count, words[place] == word else { return [] }
        return ranks[starts[place]..<starts[place + 1]]
    }

    func ranks(ofPrefix prefix: String) -> ArraySlice<UInt32> {
        var place = firstPlace(notBefore: prefix)
        let first = place
        while place < words.count && words[place].utf8.starts(with: prefix.utf8) { place += 1 }
        return ranks[starts[first]..<starts[place]]
    }

    private func firstPlace(notBefore word: String) -> Int {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(words[middle], word) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
