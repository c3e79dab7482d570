import Foundation
import Recommenders

/// User-based collaborative filtering written down from its definitions, with dictionaries and no regard for speed: what the fast one
/// is held against.
struct NaiveUserNeighbors {
    typealias Ratings = [UInt32: Double]

    typealias Times = [UInt32: UInt32]

    /// By user, every item's rating.
    let users: [Ratings]
    /// By user, when every item was rated.
    let times: [Times]
    let scale: RatingScale
    /// By user, the items in the order in which they were rated; empty where there is none.
    private let orders: [[UInt32]]
    private let popularities: [UInt32: Int]

    init(users: [Ratings], times: [Times]? = nil, scale: RatingScale) {
        self.users = users
        let times = times ?? users.map { $0.mapValues { _ in 0 } }
        self.times = times
        self.scale = scale
        orders = times.map { times in
            Set(times.values).count > 1 ? times.keys.sorted { (times[$0]!, $0) < (times[$1]!, $1) } : []
        }
        popularities = users.reduce(into: [:]) { counts, user in
            for item in user.keys { counts[item, default: 0] += 1 }
        }
    }

    struct Place {
        let item: UInt32
        let score: Double
        let predictedRating: Double
        let matchPercent: Double
        var because: [UInt32] = []
        /// By item of the profile, before they are brought to where they sum to the score.
        var contributions: [UInt32: Double] = [:]
    }

    // MARK: Similarities

    static func pearson(_ a: Ratings, _ b: Ratings) -> Double {
        let shared = a.keys.filter { b[$0] != nil }.sorted()
        guard Set(shared.map { a[$0]! }).count > 1, Set(shared.map { b[$0]! }).count > 1 else { return 0 }
        let meanA = shared.map { a[$0]! }.reduce(0, +) / Double(shared.count)
        let meanB = shared.map { b[$0]! }.reduce(0, +) / Double(shared.count)
        var covariance = 0.0
        var varianceA = 0.0
        var varianceB = 0.0
        for item in shared {
            covariance += (a[item]! - meanA) * (b[item]! - meanB)
            varianceA += (a[item]! - meanA) * (a[item]! - meanA)
            varianceB += (b[item]! - meanB) * (b[item]! - meanB)
        }
        return covariance / (varianceA.squareRoot() * varianceB.squareRoot())
    }

    /// Of opinions: ratings less a third of the way up the scale, or less one below the only value there is.
    ///
    /// The first one's are weighted; the second one's length is raised to `lengthExponent`.
    func cosine(_ a: Ratings, _ b: Ratings, weights: [UInt32: Double]? = nil, lengthExponent: Double = 1) -> Double {
        let neutral =
            scale.maximum > scale.minimum ? (2 * scale.minimum + scale.maximum) / 3 : scale.minimum - 1
        let a = Dictionary(uniqueKeysWithValues: a.map { ($0, ($1 - neutral) * (weights?[$0] ?? 1)) })
        let b = b.mapValues { $0 - neutral }
        let lengthA = a.values.map { $0 * $0 }.reduce(0, +).squareRoot()
        let lengthB = b.values.map { $0 * $0 }.reduce(0, +).squareRoot()
        guard lengthA > 0, lengthB > 0 else { return 0 }
        return a.keys.sorted().map { a[$0]! * (b[$0] ?? 0) }.reduce(0, +) / lengthA / pow(lengthB, lengthExponent)
    }

    /// The shared items as a share of all, those of the first being weighted: the smaller weights over the larger ones.
    static func jaccard(_ a: Ratings, _ b: Ratings, weights: [UInt32: Double]? = nil) -> Double {
        var smaller = 0.0
        var larger = 0.0
        for item in Set(a.keys).union(b.keys).sorted() {
            let weightA = a[item] == nil ? 0 : weights?[item] ?? 1
            let weightB = b[item] == nil ? 0.0 : 1
            smaller += min(weightA, weightB)
            larger += max(weightA, weightB)
        }
        return larger > 0 ? smaller / larger : 0
    }

    static func euclidean(_ a: Ratings, _ b: Ratings) -> Double {
        let differences = a.keys.filter { b[$0] != nil }.sorted().map { a[$0]! - b[$0]! }
        guard !differences.isEmpty else { return 0 }
        let meanSquare = differences.map { $0 * $0 }.reduce(0, +) / Double(differences.count)
        return 1 / (1 + meanSquare.squareRoot())
    }

    // MARK: Neighbours

    /// By item of the profile, how much it counts; nil for those that do not count at all.
    func weights(of profile: Ratings, _ times: Times, _ parameters: UserNeighborParameters) -> [UInt32: Double] {
        var weights: [UInt32: Double] = [:]
        let latestFirst = profile.keys.map { times[$0, default: 0] }.sorted(by: >)
        for item in profile.keys {
            let later = latestFirst.firstIndex(of: times[item, default: 0])!
            guard later < parameters.latest ?? .max else { continue }
            guard let halfLife = parameters.recency.halfLife else {
                weights[item] = 1
                continue
            }
            let weight = (256 / (1 + Double(later) / halfLife)).rounded() / 256
            if weight > 0 { weights[item] = weight }
        }
        return weights
    }

    func neighbours(
        of whole: Ratings, at times: Times = [:], row: Int?, _ parameters: UserNeighborParameters
    ) -> [(user: Int, similarity: Float)] {
        let weights = weights(of: whole, times, parameters)
        let profile = whole.filter { weights[$0.key] != nil }
        let overlaps = users.map { user in profile.keys.filter { user[$0] != nil }.count }
        var candidates = users.indices.filter { $0 != row && overlaps[$0] > 0 }
        if let limit = parameters.candidates {
            candidates = Array(candidates.sorted { (overlaps[$1], $0) < (overlaps[$0], $1) }.prefix(limit))
        }
        let similar = candidates.compactMap { user -> (user: Int, similarity: Float)? in
            guard overlaps[user] >= parameters.minimumOverlap else { return nil }
            let similarity =
                switch parameters.similarity {
                case .pearson: Self.pearson(profile, users[user])
                case .cosine: cosine(profile, users[user], weights: weights, lengthExponent: parameters.lengthExponent)
                case .jaccard: Self.jaccard(profile, users[user], weights: weights)
                case .euclidean: Self.euclidean(profile, users[user])
                }
            let count = Double(overlaps[user])
            let weighted = Float(similarity * count / (count + parameters.shrinkage))
            // What is zero by definition comes out of the sums above as something tiny.
            return weighted > 1e-9 ? (user, weighted) : nil
        }
        let nearestFirst = similar.sorted { ($1.similarity, $0.user) < ($0.similarity, $1.user) }
        return Array(nearestFirst.prefix(parameters.neighbours))
    }

    // MARK: Recommendations

    func recommend(
        for profile: Ratings, at times: Times = [:], row: Int?, count: Int, _ parameters: UserNeighborParameters,
        admitted: Set<UInt32>? = nil
    ) -> [Place] {
        let neighbours = neighbours(of: profile, at: times, row: row, parameters)
        let weights = weights(of: profile, times, parameters)
        let items = Set(neighbours.flatMap { users[$0.user].keys }).filter {
            profile[$0] == nil && admitted?.contains($0) ?? true
        }
        let places = items.compactMap { item -> Place? in
            let raters = neighbours.filter { users[$0.user][item] != nil }
            let similarities = raters.map { Double($0.similarity) }.reduce(0, +)
            let mean = raters.map { Double($0.similarity) * users[$0.user][item]! }.reduce(0, +) / similarities
            let share = 100 * Double(raters.count) / Double(neighbours.count)
            let score: Double
            switch parameters.order {
            case .agreement(let power):
                let votes = raters.map { rater in
                    let boost = parameters.succession?.boost ?? 0
                    let closeness = boost > 0 ? closeness(of: item, for: rater.user, weights, parameters.succession!) : 0
                    return vote(rater.similarity, power) * (1 + placeShare(users[rater.user][item]!)) / 2
                        * (1 + boost * closeness)
                }
                score = votes.reduce(0, +) / pow(Double(popularities[item]!), parameters.popularityExponent)
            case .match(let leastShare):
                let least = scale.minimum + leastShare * (scale.maximum - scale.minimum)
                guard mean >= least - 1e-6 else { return nil }
                let width = scale.maximum - scale.minimum + scale.step
                score = Double(Int(share + 1e-9)) + (mean - scale.minimum) / width
            }
            return Place(item: item, score: Double(Float(score)), predictedRating: mean, matchPercent: share)
        }
        return places.sorted { ($1.score, $0.item) < ($0.score, $1.item) }.prefix(count).map { place in
            var place = place
            place.contributions = contributions(place.item, profile, weights, neighbours, parameters)
            place.because = because(place.contributions, profile)
            return place
        }
    }

    /// How soon after the profile's items the user rated this one.
    private func closeness(of item: UInt32, for user: Int, _ weights: [UInt32: Double], _ succession: Succession) -> Double {
        let order = orders[user]
        guard let place = order.firstIndex(of: item) else { return 0 }
        return (0..<place).map { earlier in
            weights[order[earlier], default: 0] * exp(-Double(place - earlier) / succession.range)
        }.reduce(0, +)
    }

    private func vote(_ similarity: Float, _ power: Int) -> Double {
        (0..<power).map { _ in Double(similarity) }.reduce(1, *)
    }

    /// A rating's place on the scale, counted from 1, as a share of the number of places.
    private func placeShare(_ rating: Double) -> Double {
        (rating - scale.minimum + scale.step) / (scale.maximum - scale.minimum + scale.step)
    }

    private func contributions(
        _ item: UInt32, _ profile: Ratings, _ weights: [UInt32: Double], _ neighbours: [(user: Int, similarity: Float)],
        _ parameters: UserNeighborParameters
    ) -> [UInt32: Double] {
        var contributions: [UInt32: Double] = [:]
        for neighbour in neighbours {
            let theirs = users[neighbour.user]
            guard let rating = theirs[item] else { continue }
            var power = 1
            if case .agreement(let similarityPower) = parameters.order { power = similarityPower }
            let shared = weights.keys.filter { theirs[$0] != nil }.sorted()
            func share(_ own: UInt32) -> Double { weights[own]! * placeShare(profile[own]!) * placeShare(theirs[own]!) }
            let all = shared.map(share).reduce(0, +)
            for own in shared {
                contributions[own, default: 0] += vote(neighbour.similarity, power) * placeShare(rating) * share(own) / all
            }
        }
        return contributions
    }

    private func because(_ contributions: [UInt32: Double], _ profile: Ratings) -> [UInt32] {
        let mean = profile.values.reduce(0, +) / Double(profile.count)
        func isWellRated(_ own: UInt32) -> Int { profile[own]! >= mean - 1e-9 ? 1 : 0 }
        // To seven digits, so that equal contributions stay equal however they were added up.
        let strongestFirst = contributions.keys.sorted {
            (isWellRated($1), contributions[$1]!.rounded7, $0) < (isWellRated($0), contributions[$0]!.rounded7, $1)
        }
        return Array(strongestFirst.prefix(3))
    }
}

extension Double {
    fileprivate var rounded7: Float { Float(self) }
}
