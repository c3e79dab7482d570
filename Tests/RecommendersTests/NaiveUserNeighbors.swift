import Recommenders

/// User-based collaborative filtering written down from its definitions, with dictionaries and no regard for speed: what the fast one
/// is held against.
struct NaiveUserNeighbors {
    typealias Ratings = [UInt32: Double]

    /// By user, every item's rating.
    let users: [Ratings]
    let scale: RatingScale

    struct Place {
        let item: UInt32
        let score: Double
        let predictedRating: Double
        let matchPercent: Double
        var because: [UInt32] = []
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
    func cosine(_ a: Ratings, _ b: Ratings) -> Double {
        let neutral =
            scale.maximum > scale.minimum ? (2 * scale.minimum + scale.maximum) / 3 : scale.minimum - 1
        let a = a.mapValues { $0 - neutral }
        let b = b.mapValues { $0 - neutral }
        let lengthA = a.values.map { $0 * $0 }.reduce(0, +).squareRoot()
        let lengthB = b.values.map { $0 * $0 }.reduce(0, +).squareRoot()
        guard lengthA > 0, lengthB > 0 else { return 0 }
        return a.keys.sorted().map { a[$0]! * (b[$0] ?? 0) }.reduce(0, +) / lengthA / lengthB
    }

    static func euclidean(_ a: Ratings, _ b: Ratings) -> Double {
        let differences = a.keys.filter { b[$0] != nil }.sorted().map { a[$0]! - b[$0]! }
        guard !differences.isEmpty else { return 0 }
        let meanSquare = differences.map { $0 * $0 }.reduce(0, +) / Double(differences.count)
        return 1 / (1 + meanSquare.squareRoot())
    }

    // MARK: Neighbours

    func neighbours(of profile: Ratings, row: Int?, _ parameters: UserNeighborParameters) -> [(user: Int, similarity: Float)] {
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
                case .cosine: cosine(profile, users[user])
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
        for profile: Ratings, row: Int?, count: Int, _ parameters: UserNeighborParameters, admitted: Set<UInt32>? = nil
    ) -> [Place] {
        let neighbours = neighbours(of: profile, row: row, parameters)
        let items = Set(neighbours.flatMap { users[$0.user].keys }).filter {
            profile[$0] == nil && admitted?.contains($0) ?? true
        }
        let places = items.compactMap { item -> Place? in
            let raters = neighbours.filter { users[$0.user][item] != nil }
            let weights = raters.map { Double($0.similarity) }.reduce(0, +)
            let mean = raters.map { Double($0.similarity) * users[$0.user][item]! }.reduce(0, +) / weights
            let share = 100 * Double(raters.count) / Double(neighbours.count)
            let score: Double
            switch parameters.order {
            case .agreement(let power):
                score = raters.map { vote($0.similarity, power) * placeShare(users[$0.user][item]!) }.reduce(0, +)
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
            place.because = because(place.item, profile, neighbours, parameters)
            return place
        }
    }

    private func vote(_ similarity: Float, _ power: Int) -> Double {
        (0..<power).map { _ in Double(similarity) }.reduce(1, *)
    }

    /// A rating's place on the scale, counted from 1, as a share of the number of places.
    private func placeShare(_ rating: Double) -> Double {
        (rating - scale.minimum + scale.step) / (scale.maximum - scale.minimum + scale.step)
    }

    private func because(
        _ item: UInt32, _ profile: Ratings, _ neighbours: [(user: Int, similarity: Float)], _ parameters: UserNeighborParameters
    ) -> [UInt32] {
        var contributions: [UInt32: Double] = [:]
        for neighbour in neighbours {
            let theirs = users[neighbour.user]
            guard let rating = theirs[item] else { continue }
            var power = 1
            if case .agreement(let similarityPower) = parameters.order { power = similarityPower }
            let shared = profile.keys.filter { theirs[$0] != nil }.sorted()
            let all = shared.map { placeShare(profile[$0]!) * placeShare(theirs[$0]!) }.reduce(0, +)
            for own in shared {
                let part = placeShare(profile[own]!) * placeShare(theirs[own]!) / all
                contributions[own, default: 0] += vote(neighbour.similarity, power) * placeShare(rating) * part
            }
        }
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
