/// Chooses what to ask about, one item after the other.
struct QuestionSearch {
    private let ratings: RatingMatrix
    private let candidates: [UInt32]
    /// Rows of the matrix.
    private let users: [Int]
    /// By user: how many of their items are on the best list that their answers have led to.
    private var hits: [Int]
    /// By candidate: who knows it, as places in `users`, and how many of their items are on the list that their answer leads to.
    private var answers: [[(user: Int, hits: Int)]]

    /// - Parameter candidates: may be asked about.
    init(_ ratings: RatingMatrix, candidates: [UInt32], threads: Int = Parallel.threads) {
        self.ratings = ratings
        self.candidates = candidates
        let active = (0..<ratings.userCount).filter { ratings.row($0).count > 1 }
        let step = max(1, active.count / Questionnaire.sampleSize)
        let users = stride(from: 0, to: active.count, by: step).map { active[$0] }
        self.users = users
        let means = users.map { user in
            let row = ratings.row(user)
            return Double(ratings.rowCodes[row].reduce(0) { $0 + Int($1) }) / Double(row.count)
        }
        let popular = Self.list(of: users, without: nil, ratings)
        hits = users.map { Self.hits(popular, in: ratings.row($0), ratings) }
        let places = Self.places(of: users, userCount: ratings.userCount)
        answers = Parallel.map(candidates.count, threads: threads) { number in
            Self.answers(to: candidates[number], users, places, means, ratings)
        }
    }

    /// At most `count` items, best first; fewer when no other one gains anything.
    mutating func choose(_ count: Int) -> [UInt32] {
        var chosen: [UInt32] = []
        while chosen.count < count {
            let gains = answers.map { answers in answers.reduce(0) { $0 + max(0, $1.hits - hits[$1.user]) } }
            guard let greatest = gains.max(), greatest > 0, let best = gains.firstIndex(of: greatest) else { break }
            chosen.append(candidates[best])
            for (user, found) in answers[best] { hits[user] = max(hits[user], found) }
            answers[best] = []
        }
        return chosen
    }

    private static func places(of users: [Int], userCount: Int) -> [Int32] {
        var places = [Int32](repeating: -1, count: userCount)
        for (place, user) in users.enumerated() { places[user] = Int32(place) }
        return places
    }

    /// Those who know `item` in two groups, who rated it above their mean and who did not, each with the hits of its group's list.
    private static func answers(
        to item: UInt32, _ users: [Int], _ places: [Int32], _ means: [Double], _ ratings: RatingMatrix
    ) -> [(user: Int, hits: Int)] {
        var groups: [[Int]] = [[], []]
        for place in ratings.column(Int(item)) {
            let user = Int(places[Int(ratings.users[place])])
            if user >= 0 { groups[Double(ratings.columnCodes[place]) >= means[user] ? 0 : 1].append(user) }
        }
        if groups.contains(where: { $0.count < Questionnaire.fewest }) { groups = [groups[0] + groups[1]] }
        return groups.flatMap { group -> [(user: Int, hits: Int)] in
            guard group.count >= Questionnaire.fewest else { return [] }
            let list = list(of: group.map { users[$0] }, without: item, ratings)
            return group.map { ($0, hits(list, in: ratings.row(users[$0]), ratings)) }
        }
    }

    /// What they rate most, ascending.
    private static func list(of users: [Int], without item: UInt32?, _ ratings: RatingMatrix) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: ratings.itemCount)
        for user in users {
            for item in ratings.items[ratings.row(user)] { counts[Int(item)] += 1 }
        }
        if let item { counts[Int(item)] = 0 }
        var best = TopK(capacity: Questionnaire.listLength)
        for (item, count) in counts.enumerated() where count > 0 { best.offer(UInt32(item), score: Float(count)) }
        return best.sorted().map(\.element).sorted()
    }

    /// How many of `list` are in the row; both ascend.
    private static func hits(_ list: [UInt32], in row: Range<Int>, _ ratings: RatingMatrix) -> Int {
        var (hits, next) = (0, 0)
        for item in ratings.items[row] {
            while next < list.count, list[next] < item { next += 1 }
            guard next < list.count else { break }
            if list[next] == item { hits += 1 }
        }
        return hits
    }
}
