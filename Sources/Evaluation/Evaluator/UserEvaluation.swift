import Recommenders

/// Fills the figures of one user after the other, with working memory of its own: one for each stretch of users.
struct UserEvaluation {
    let contender: Contender
    let evaluator: Evaluator
    private let layout: MetricLayout
    private let cutoffs: [Int]
    private let length: Int
    private var diversity: ListDiversity
    private var figures: [Double] = []
    private(set) var lists: [[UInt32]] = []
    private var found: PopularityCounts
    private var unanswered = 0
    private var scoringSeconds: [Float] = []

    init(_ contender: Contender, _ evaluator: Evaluator) {
        self.contender = contender
        self.evaluator = evaluator
        layout = evaluator.layout
        cutoffs = evaluator.cutoffs
        length = cutoffs.max() ?? 0
        diversity = ListDiversity(evaluator.set.training)
        found = PopularityCounts(cutoffs: cutoffs.count)
    }

    /// - Parameter scores: memory for a score of each item, of any value.
    mutating func add(_ user: Int, isDiversified: Bool, scores: UnsafeMutableBufferPointer<Float>) {
        let set = evaluator.set
        let profile = set.training.profile(of: user)
        let heldOut = Array(set.heldOut.items[set.heldOut.row(user)])
        var list: [UInt32] = []
        var best: Int?
        if score(profile, into: scores) {
            for item in profile.items { scores[Int(item)] = -.infinity }
            for item in set.masked.items[set.masked.row(user)] { scores[Int(item)] = -.infinity }
            list = Ranking.best(length, of: scores)
            best = list.firstIndex { heldOut.holds($0) } ?? Self.bestPlace(of: heldOut, in: scores)
        } else {
            unanswered += 1
        }
        var row = [Double](repeating: 0, count: layout.columns.count)
        row[layout[.users]] = 1
        addHits(of: list, heldOut, to: &row)
        row[layout[.numerator(.reciprocalRank)]] = best.map { 1 / Double($0 + 1) } ?? 0
        addNovelty(of: list, to: &row)
        if isDiversified { addDiversity(of: list, to: &row) }
        addErrors(user, profile, to: &row)
        figures += row
        lists.append(list)
    }

    /// What is kept of it.
    var summary: Summary {
        Summary(figures: figures, found: found, unanswered: unanswered, scoringSeconds: scoringSeconds)
    }

    struct Summary: Sendable {
        let figures: [Double]
        let found: PopularityCounts
        let unanswered: Int
        let scoringSeconds: [Float]
    }

    private mutating func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        var isScored = false
        let duration = ContinuousClock().measure { isScored = contender.scorer.answer(profile, into: scores) }
        scoringSeconds.append(Float(duration / .seconds(1)))
        return isScored
    }

    private static func bestPlace(of heldOut: [UInt32], in scores: UnsafeMutableBufferPointer<Float>) -> Int? {
        let best = heldOut.max { scores[Int($0)] != scores[Int($1)] ? scores[Int($0)] < scores[Int($1)] : $0 > $1 }
        return best.flatMap { Ranking.place(of: Int($0), in: scores) }
    }

    private mutating func addHits(of list: [UInt32], _ heldOut: [UInt32], to row: inout [Double]) {
        let places = list.indices.filter { heldOut.holds(list[$0]) }
        for (number, cutoff) in cutoffs.enumerated() {
            for metric in Metric.ofHits(at: cutoff) {
                let value = metric.value(places: places, heldOut: heldOut.count, discounts: evaluator.discounts)
                row[layout[.numerator(metric)]] = value ?? 0
            }
            for place in places where place < cutoff { found.add(hitOn: evaluator.popularity(of: list[place]), cutoff: number) }
        }
        for item in heldOut { found.add(heldOut: evaluator.popularity(of: item)) }
    }

    private func addNovelty(of list: [UInt32], to row: inout [Double]) {
        guard !list.isEmpty else { return }
        row[layout[.listed]] = 1
        for cutoff in cutoffs {
            let first = list.prefix(cutoff)
            row[layout[.numerator(.novelty(cutoff))]] = first.reduce(0) { $0 + evaluator.novelty[Int($1)] } / Double(first.count)
        }
    }

    private mutating func addDiversity(of list: [UInt32], to row: inout [Double]) {
        for (cutoff, value) in zip(cutoffs, diversity.diversity(of: list, at: cutoffs)) {
            guard let value else { continue }
            row[layout[.diversified(cutoff)]] = 1
            row[layout[.numerator(.diversity(cutoff))]] = value
        }
    }

    private func addErrors(_ user: Int, _ profile: Profile, to row: inout [Double]) {
        let lists = evaluator.set.heldOut
        row[layout[.heldOut]] = Double(lists.row(user).count)
        guard let predictor = contender.predictor else { return }
        for place in lists.row(user) {
            guard let predicted = predictor.predictedRating(of: lists.items[place], for: profile) else { continue }
            let error = predicted - evaluator.scale.value(of: lists.codes[place])
            row[layout[.predicted]] += 1
            row[layout[.numerator(.rootMeanSquaredError)]] += error * error
            row[layout[.numerator(.meanAbsoluteError)]] += abs(error)
        }
    }
}

extension [UInt32] {
    /// - Precondition: the elements ascend.
    fileprivate func holds(_ element: UInt32) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == element
    }
}
