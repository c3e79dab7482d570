import Evaluation
import Foundation
import Recommenders

/// The metrics as their definitions read, by sets and sorting.
struct NaiveEvaluation {
    let set: EvaluationSet
    let scorer: HashScorer
    let predictor: HashPredictor
    /// Of each evaluated user: all that may be recommended, best first, and what is to be found.
    private let lists: [(list: [UInt32], heldOut: Set<UInt32>)]
    private let raters: [Set<UInt32>]

    init(set: EvaluationSet, scorer: HashScorer, predictor: HashPredictor) {
        (self.set, self.scorer, self.predictor) = (set, scorer, predictor)
        lists = set.users.map { user in
            let seen = Set(set.training.items[set.training.row(user)]).union(set.masked.items[set.masked.row(user)])
            let scores = (0..<set.training.itemCount).map { scorer.score(of: $0, row: UInt32(user)) }
            let list = (0..<UInt32(set.training.itemCount))
                .filter { !seen.contains($0) && scores[Int($0)] > -.infinity }
                .sorted { (scores[Int($0)], $1) > (scores[Int($1)], $0) }
            return (scorer.isSilent(on: UInt32(user)) ? [] : list, Set(set.heldOut.items[set.heldOut.row(user)]))
        }
        raters = (0..<set.training.itemCount).map { Set(set.training.users[set.training.column($0)]) }
    }

    /// The mean over the users of what `value` makes of a list and the held-out items; of users for which it is not nil.
    func mean(_ value: ([UInt32], Set<UInt32>) -> Double?) -> Double? {
        let values = lists.compactMap { value($0.list, $0.heldOut) }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    func value(_ metric: Metric) -> Double? {
        switch metric {
        case .hitRate(let n):
            mean { Set($0.prefix(n)).isDisjoint(with: $1) ? 0 : 1 }
        case .recall(let n):
            mean { Double(Set($0.prefix(n)).intersection($1).count) / Double($1.count) }
        case .cappedRecall(let n):
            mean { Double(Set($0.prefix(n)).intersection($1).count) / Double(min(n, $1.count)) }
        case .precision(let n):
            mean { Double(Set($0.prefix(n)).intersection($1).count) / Double(n) }
        case .ndcg(let n):
            mean { list, heldOut in
                let gain = list.prefix(n).enumerated().map { heldOut.contains($1) ? 1 / log2(Double($0) + 2) : 0 }.reduce(0, +)
                return gain / (0..<min(n, heldOut.count)).map { 1 / log2(Double($0) + 2) }.reduce(0, +)
            }
        case .meanAveragePrecision(let n):
            mean { list, heldOut in
                let precisions = list.prefix(n).indices.filter { heldOut.contains(list[$0]) }.map { place in
                    Double(Set(list[...place]).intersection(heldOut).count) / Double(place + 1)
                }
                return precisions.reduce(0, +) / Double(min(n, heldOut.count))
            }
        case .reciprocalRank:
            mean { list, heldOut in list.firstIndex { heldOut.contains($0) }.map { 1 / Double($0 + 1) } ?? 0 }
        case .coverage(let n):
            Double(Set(lists.flatMap { $0.list.prefix(n) }).count) / Double(set.training.itemCount)
        case .novelty(let n):
            mean { list, _ in
                let first = list.prefix(n)
                guard !first.isEmpty else { return nil }
                return first.map { -log2(Double(max(raters[Int($0)].count, 1)) / Double(set.training.userCount)) }.reduce(0, +)
                    / Double(first.count)
            }
        case .diversity(let n):
            mean { list, _ in diversity(Array(list.prefix(n))) }
        case .rootMeanSquaredError:
            errors.isEmpty ? nil : (errors.map { $0 * $0 }.reduce(0, +) / Double(errors.count)).squareRoot()
        case .meanAbsoluteError:
            errors.isEmpty ? nil : errors.map(abs).reduce(0, +) / Double(errors.count)
        case .predictedShare:
            Double(errors.count) / Double(lists.map(\.heldOut.count).reduce(0, +))
        }
    }

    private func diversity(_ list: [UInt32]) -> Double? {
        var cosines: [Double] = []
        for place in list.indices {
            for other in list.indices where other > place {
                let (one, two) = (raters[Int(list[place])], raters[Int(list[other])])
                let isEmpty = one.isEmpty || two.isEmpty
                cosines.append(isEmpty ? 0 : Double(one.intersection(two).count) / Double(one.count * two.count).squareRoot())
            }
        }
        return cosines.isEmpty ? nil : 1 - cosines.reduce(0, +) / Double(cosines.count)
    }

    private var errors: [Double] {
        self.set.users.flatMap { user in
            set.heldOut.row(user).compactMap { place in
                predictor.predictedRating(of: set.heldOut.items[place], for: set.training.profile(of: user)).map {
                    $0 - (0.5 + Double(set.heldOut.codes[place] - 1) / 2)
                }
            }
        }
    }
}
