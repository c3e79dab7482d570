/// The rules between an algorithm's ranking and one list: boosts, then diversity, then exploration, then what fills it up, then pins
/// (decision 35).
struct SingleListPlan: ListPlan {
    let count: Int
    /// Which item has which place, counted from 0; none twice.
    let pins: [Int: UInt32]
    let shaping: ListShaping
    let pinned: Set<UInt32>

    /// - Parameter wanted: items and their ranks from 1, in the order of the query, of which the first of each item counts.
    init(count: Int, pins wanted: [(item: UInt32, rank: Int)], shaping: ListShaping) {
        self.count = count
        self.shaping = shaping
        var pins: [Int: UInt32] = [:]
        var named: Set<UInt32> = []
        for (item, rank) in wanted where pins.count < count && named.insert(item).inserted {
            let wished = min(max(rank, 1), count) - 1
            let free = (wished..<count).first { pins[$0] == nil } ?? (0..<wished).last { pins[$0] == nil }
            if let free { pins[free] = item }
        }
        self.pins = pins
        self.pinned = Set(pins.values)
    }

    func candidateCount(of itemCount: Int) -> Int {
        // What is pinned may stand anywhere in the ranking.
        pins.isEmpty ? shaping.candidateCount(for: count, of: itemCount) : itemCount
    }

    func choose(from candidates: [TopK.Entry], fill: Fill) throws(CancellationError) -> Choices {
        let boosted = shaping.boosted(candidates)
        let ranking = pinned.isEmpty ? boosted : boosted.filter { !pinned.contains($0.item) }
        let open = count - pins.count
        var list = shaping.choose(open, from: ranking, seedShift: 0)
        if list.count < open {
            let popular = try fill(open - list.count, nil, pinned.union(list.map(\.item)))
            list += popular.map { Choice(filledWith: $0) }
        }
        guard !pins.isEmpty else { return Choices(places: list) }
        let known = Dictionary(uniqueKeysWithValues: boosted.lazy.filter { pinned.contains($0.item) }.map { ($0.item, $0) })
        var rest = list[...]
        let places = (0..<count).compactMap { place -> Choice? in
            guard let item = pins[place] else { return rest.popFirst() }
            return known[item]?.placed(as: .pinned) ?? Choice(item, placement: .pinned)
        }
        return Choices(places: places)
    }
}
