import Evaluation
import Recommenders

/// What is searched for when an algorithm is tuned, and between which bounds.
enum SearchSpace {
    static func exists(for algorithm: Algorithm) -> Bool { algorithm != .classic }

    /// - Parameters:
    ///   - start: the values that are tried first.
    ///   - ratings: where no times are known, what depends on them is not searched for.
    static func of(_ start: ModelParameters, ratings: RatingMatrix) -> [SearchParameter] {
        var ranges: [(name: String, range: SearchParameter.Range)]
        switch start {
        case .userNeighbors:
            ranges = [
                ("neighbours", .whole(5...400, isLogarithmic: true)),
                ("lengthExponent", .number(0...1, isLogarithmic: false)),
                ("popularityExponent", .number(0...0.8, isLogarithmic: false)),
                ("order.agreement.similarityPower", .whole(1...6, isLogarithmic: false)),
            ]
            if ratings.hasTimes {
                ranges += [
                    ("latest", .whole(4...200, isLogarithmic: true)),
                    ("succession.range", .whole(1...50, isLogarithmic: true)),
                    ("succession.boost", .number(1...100, isLogarithmic: true)),
                ]
            }
        case .itemNeighbors:
            ranges =
                [
                    ("neighbours", .whole(20...400, isLogarithmic: true)),
                    ("shrinkage", .number(0.1...200, isLogarithmic: true)),
                    ("power", .number(0.5...3, isLogarithmic: false)),
                ] + dampings
        case .ease:
            ranges = [("regularization", .number(5...5000, isLogarithmic: true))]
        case .implicitALS:
            ranges = [
                ("dimensions", .choices([32, 64, 128, 192])),
                ("iterations", .choices([8, 12, 16])),
                ("unobservedWeight", .number(0.01...1, isLogarithmic: true)),
                ("regularization", .number(0.001...1, isLogarithmic: true)),
                ("regularizationExponent", .choices([0.5, 0.75, 1])),
                ("opinion.lowest", .choices([0.25, 0.5, 1])),
            ]
        case .graphFilter:
            ranges =
                [
                    ("components", .choices([64, 128, 256])),
                    ("lowPass", .number(0.02...2, isLogarithmic: true)),
                    ("sharpening", .number(0...0.6, isLogarithmic: false)),
                ] + dampings
        case .popularity, .trending:
            ranges = ratings.hasTimes ? [("halfLifeDays", .number(3...10_000, isLogarithmic: true))] : []
        case .blend:
            ranges = []
        }
        if ratings.hasTimes {
            switch start {
            case .popularity, .trending, .blend: break
            case .implicitALS, .userNeighbors: ranges.append(recency)
            default:
                ranges.append(recency)
                ranges.append(("closeness.halfLife", .choices([1, 2, 5, 10, 30, 100, .none])))
            }
        }
        let values = start.values
        return ranges.map { SearchParameter($0.name, $0.range, initial: values[$0.name] ?? .none) }
    }

    /// None where the order of ratings says nothing of what comes next.
    private static var recency: (name: String, range: SearchParameter.Range) {
        ("recency.halfLife", .choices([0.5, 1, 2, 3, 5, 10, 30, 100, .none]))
    }

    private static var dampings: [(name: String, range: SearchParameter.Range)] {
        ["userDamping", "sourceDamping", "targetDamping"].map { ($0, .number(0...1.2, isLogarithmic: false)) }
    }
}
