@testable import Recommenders

/// What becomes of a ranking by a query's rules, from their definitions and with no regard for speed.
struct NaiveList {
    let sample: ListSample
    let profile: Profile
    let query: RecommendationQuery

    struct Place: Equatable {
        let item: UInt32
        let placement: Recommendation.Placement
        var score: Double?
    }

    func isEligible(_ item: UInt32) -> Bool {
        let entry = sample.entry(item)
        let id = sample.id(item)
        if profile.items.contains(item) || profile.dismissed.contains(item) || query.excludedItems.contains(id) { return false }
        if let genres = query.genres, !genres.isEmpty, Set(genres).isDisjoint(with: entry.genres) { return false }
        if !Set(query.excludedGenres).isDisjoint(with: entry.genres) { return false }
        if let years = query.years, years.from != nil || years.through != nil {
            guard let year = entry.year, year >= years.from ?? year, year <= years.through ?? year else { return false }
        }
        for (name, values) in query.attributes where !values.contains(where: { has(item, name, $0) }) { return false }
        if let items = query.items, !items.isEmpty, !items.contains(id) { return false }
        return true
    }

    private func has(_ item: UInt32, _ attribute: String, _ value: String) -> Bool {
        let entry = sample.entry(item)
        switch attribute {
        case "year": return entry.year.map { "\($0)" } == value
        case "genre": return entry.genres.contains(value)
        default: return entry.links[attribute] == value
        }
    }

    private func boost(_ item: UInt32) -> Double {
        query.boosts.reduce(0) { sum, boost in
            switch boost.target {
            case .genre(let genre): has(item, "genre", genre) ? sum + boost.strength : sum
            case .item(let id): id == sample.id(item) ? sum + boost.strength : sum
            case .attribute(let name, let value): has(item, name, value) ? sum + boost.strength : sum
            }
        }
    }

    /// - Parameters:
    ///   - ranking: all that the algorithm would list of the whole catalogue, best first, with the scores.
    ///   - popular: all items outside the profile, most popular first.
    func places(_ ranking: [(item: UInt32, score: Double)], popular: [UInt32]) -> [Place] {
        let count = query.count!
        var pins: [Int: UInt32] = [:]
        for pin in query.pinned {
            let item = pin.item.rawValue == "unknown" ? nil : sample.number(pin.item)
            guard let item, !profile.items.contains(item), !profile.dismissed.contains(item),
                !query.excludedItems.contains(pin.item), !pins.values.contains(item), pins.count < count
            else { continue }
            let free = (0..<count).filter { pins[$0] == nil }
            let wished = min(pin.rank, count) - 1
            pins[free.first { $0 >= wished } ?? free.last { $0 < wished }!] = item
        }
        let eligible = ranking.filter { isEligible($0.item) || pins.values.contains($0.item) }
        let mean = eligible.map(\.score).reduce(0, +) / Double(max(eligible.count, 1))
        let squares = eligible.map { ($0.score - mean) * ($0.score - mean) }.reduce(0, +)
        let deviation = (squares / Double(max(eligible.count, 1))).squareRoot()
        let unit = deviation > 1e-6 * abs(mean) ? deviation : 1
        let boosted = eligible.map { (item: $0.item, score: $0.score + unit * boost($0.item)) }
            .sorted { ($0.score, $1.item) > ($1.score, $0.item) }
        var open = boosted.filter { !pins.values.contains($0.item) }
        let wanted = count - pins.count
        if let diversity = query.diversity { open = varied(open, wanted, diversity) }
        var list = open.prefix(wanted).map { Place(item: $0.item, placement: .ranked, score: $0.score) }
        for item in popular where list.count < wanted && isEligible(item) && !pins.values.contains(item) {
            if !list.contains(where: { $0.item == item }) { list.append(Place(item: item, placement: .filled)) }
        }
        var places: [Place] = []
        for place in 0..<count {
            if let item = pins[place] {
                places.append(Place(item: item, placement: .pinned, score: boosted.first { $0.item == item }?.score ?? 0))
            } else if !list.isEmpty {
                places.append(list.removeFirst())
            }
        }
        return places
    }

    private func varied(
        _ ranking: [(item: UInt32, score: Double)], _ count: Int, _ diversity: Double
    ) -> [(item: UInt32, score: Double)] {
        var pool = Array(ranking.prefix(max(100, 10 * count)))
        let (highest, lowest) = (pool.first?.score ?? 0, pool.last?.score ?? 0)
        var picked: [(item: UInt32, score: Double)] = []
        while picked.count < count, !pool.isEmpty {
            let values = pool.map { candidate in
                let relevance = highest > lowest ? (candidate.score - lowest) / (highest - lowest) : 0
                let nearest = picked.map { similarity($0.item, candidate.item) }.max() ?? 0
                return (1 - diversity) * relevance - diversity * nearest
            }
            picked.append(pool.remove(at: values.firstIndex(of: values.max()!)!))
        }
        return picked
    }

    private func similarity(_ left: UInt32, _ right: UInt32) -> Double { sample.similarities[Int(left), Int(right)] }
}
