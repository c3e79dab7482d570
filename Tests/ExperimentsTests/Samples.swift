import Experiments
import Recommenders
import ServiceRuntime

enum Samples {
    static let start = Timestamp(milliseconds: 20_000 * 86_400_000)
    static let end = start + .seconds(60 * 86_400)
    static let knownVariants = ["v0", "v0", "v0", "v0", "v1", "-"]

    /// Variants are named v0, v1 and so on.
    static func experiment(
        _ name: String = "sample", users: Double = 1, window: Duration = .seconds(7 * 86_400), outcome: Outcome = .ratings,
        shares: [Double] = [0.5, 0.5], queries: [RecommendationQuery] = []
    ) -> Experiment {
        Experiment(
            name: name, start: start, end: end, users: users, window: window, outcome: outcome,
            variants: shares.enumerated().map { place, share in
                ExperimentVariant(
                    name: "v\(place)", share: share, query: queries.isEmpty ? RecommendationQuery() : queries[place])
            })
    }

    static func users(_ count: Int) -> [UserID] { (1...count).map { UserID(checked: "\($0)") } }
}
