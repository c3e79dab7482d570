package import Recommenders
package import ServiceRuntime

/// A comparison of variants by what their users do.
package struct Experiment: Hashable, Sendable {
    /// Within these a bucket of `period` has its own counts, so there are not too many.
    package static let longestRun = Duration.seconds(400 * 24 * 3600)
    package static let mostPeriods = 1000

    package let name: String
    /// What makes it draw its users independently of other experiments; one with the same salt draws the same.
    package let salt: String
    package let start: Timestamp
    /// From then on nobody takes part.
    package let end: Timestamp
    /// Of all users, 0…1: how many take part.
    package let users: Double
    /// How long each user is observed, from the first list on.
    package let window: Duration
    /// What it is decided by.
    package let outcome: Outcome
    /// The first is what the others are compared with.
    package let variants: [ExperimentVariant]

    /// 16 hexadecimal digits that change with whatever makes it another comparison. What is counted of it begins anew then: users
    /// that were drawn by other shares, or treated otherwise, cannot be told apart afterwards.
    ///
    /// How many users take part, and when it ends, may change: that is the same for all variants.
    package let phase: String

    private let participation: UserDraw
    private let draws: [UserDraw]

    package init(
        name: String, salt: String? = nil, start: Timestamp, end: Timestamp, users: Double = 1, window: Duration,
        outcome: Outcome = .ratings, variants: [ExperimentVariant]
    ) {
        self.name = name
        self.salt = salt ?? name
        self.start = start
        self.end = end
        self.users = users
        self.window = window
        self.outcome = outcome
        self.variants = variants
        let salt = self.salt
        participation = UserDraw("\(salt)/users")
        draws = variants.map { UserDraw("\(salt)/variant/\($0.name)") }
        phase = Self.phase(name: name, salt: salt, window: window, variants: variants)
    }

    package func isRunning(at moment: Timestamp) -> Bool { moment >= start && moment < end }

    /// What any of its variants sets.
    package var parameters: Set<ExperimentParameter> {
        variants.reduce(into: []) { $0.formUnion($1.query.parameters) }
    }

    /// How long one bucket of counts is, aligned to 1970: a day, or the window if that is shorter.
    package var period: Duration { min(.seconds(24 * 3600), window) }

    /// The user's variant, whenever it runs; nil for who does not take part.
    ///
    /// Each variant draws a waiting time for the user, the shorter the larger its share, and the shortest wins: weighted rendezvous
    /// hashing (Schindelhauer and Schomaker 2005, "Weighted distributed hash tables"). A variant that grows at the cost of all others
    /// takes users from them, and none of them gets any.
    package func variant(of user: UserID) -> ExperimentVariant? {
        guard participation.number(of: user) < users else { return nil }
        var best: (variant: ExperimentVariant, time: Double)?
        for (variant, draw) in zip(variants, draws) where variant.share > 0 {
            let time = draw.waitingTime(of: user) / variant.share
            if time < best?.time ?? .infinity { best = (variant, time) }
        }
        return best?.variant
    }

    private static func phase(name: String, salt: String, window: Duration, variants: [ExperimentVariant]) -> String {
        var text = "\(name)\n\(salt)\n\(window.components.seconds)"
        for variant in variants {
            let query = variant.query
            text += "\n\(variant.name) \(variant.share) \(query.algorithm?.rawValue ?? "-") \(query.similarity?.rawValue ?? "-")"
            text += " \(query.neighbours.map(String.init) ?? "-") \(query.count.map(String.init) ?? "-")"
        }
        let digits = String(UserDraw.hash(text), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    package static func == (left: Experiment, right: Experiment) -> Bool {
        left.phase == right.phase && left.start == right.start && left.end == right.end && left.users == right.users
            && left.outcome == right.outcome
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(phase) }
}
