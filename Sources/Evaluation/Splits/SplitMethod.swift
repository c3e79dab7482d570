/// Which ratings are held out.
package enum SplitMethod: Sendable, Equatable, Codable {
    /// Each user's latest rating, of equally late ones that of the highest item.
    case leaveLastOut
    /// One rating of each user, drawn by `seed`.
    case leaveOneOut(seed: UInt64)
    /// All ratings given at `cut` (seconds since 1970) or later, of users who gave some before it too.
    case temporal(cut: UInt32)
    /// Lists that came with the data set.
    case asGiven

    /// As options and reports spell it.
    package var name: String {
        switch self {
        case .leaveLastOut: "leave-last-out"
        case .leaveOneOut: "leave-one-out"
        case .temporal: "temporal"
        case .asGiven: "as-given"
        }
    }

    package var seed: UInt64? {
        if case .leaveOneOut(let seed) = self { seed } else { nil }
    }
}
