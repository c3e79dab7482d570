import Recommenders

/// How often each operation comes, by weights: "reads=70,ratings=20,recommendations=10".
struct LoadMix: Sendable, Equatable {
    struct Share: Sendable, Equatable {
        let operation: LoadOperation
        let weight: Double
    }

    /// What stands for several operations, each with its part.
    static let groups: [(name: String, shares: [Share])] = [
        (
            "reads",
            [
                Share(operation: .items, weight: 0.2), Share(operation: .search, weight: 0.15),
                Share(operation: .item, weight: 0.25), Share(operation: .profile, weight: 0.15),
                Share(operation: .list, weight: 0.1), Share(operation: .job, weight: 0.1),
                Share(operation: .catalogue, weight: 0.05),
            ]
        ),
        ("ratings", [Share(operation: .rate, weight: 0.9), Share(operation: .rateSeveral, weight: 0.1)]),
        ("recommendations", [Share(operation: .recommend, weight: 1)]),
    ]

    static let standard = LoadMix("reads=70,ratings=20,recommendations=10") ?? LoadMix(shares: groups[0].shares)

    /// In the order of `LoadOperation`, weights above 0.
    let shares: [Share]
    private let total: Double

    private init(shares: [Share]) {
        self.shares = shares
        total = shares.reduce(0) { $0 + $1.weight }
    }

    /// - Returns: nil when it cannot be understood or nothing is left.
    init?(_ text: String) {
        var weights: [LoadOperation: Double] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let weight = Double(pair[1]), weight >= 0, weight.isFinite else { return nil }
            if let group = Self.groups.first(where: { $0.name == pair[0] }) {
                for share in group.shares { weights[share.operation, default: 0] += weight * share.weight }
            } else if let operation = LoadOperation(rawValue: String(pair[0])) {
                weights[operation, default: 0] += weight
            } else {
                return nil
            }
        }
        self.init(
            shares: LoadOperation.allCases.compactMap { operation in
                guard let weight = weights[operation], weight > 0 else { return nil }
                return Share(operation: operation, weight: weight)
            })
        guard !shares.isEmpty else { return nil }
    }

    func next(_ random: inout SplitMix64) -> LoadOperation {
        var rest = random.nextFraction() * total
        for share in shares {
            rest -= share.weight
            if rest < 0 { return share.operation }
        }
        return shares[shares.count - 1].operation
    }

    /// The part of all requests that leave a job to follow.
    var jobShare: Double {
        shares.reduce(0) { $0 + ($1.operation.job != nil && $1.operation != .recommend ? $1.weight : 0) } / total
    }

    var hasJobs: Bool { shares.contains { $0.operation.job != nil } }

    func contains(_ operation: LoadOperation) -> Bool { shares.contains { $0.operation == operation } }
}
