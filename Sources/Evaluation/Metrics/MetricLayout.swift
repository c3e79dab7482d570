/// Which number of a user stands where in `UserFigures`.
///
/// Each metric is one sum over users divided by another, so that a mean over any users, or over a resample of them, comes from
/// the sums of these columns alone.
struct MetricLayout: Sendable, Equatable {
    enum Column: Hashable, Sendable {
        /// What a metric adds up.
        case numerator(Metric)
        /// 1 for every user.
        case users
        /// 1 where the list holds an item, which has a novelty.
        case listed
        /// 1 where the list's diversity was taken.
        case diversified(Int)
        /// Held-out ratings, and those of them with a prediction.
        case heldOut, predicted
    }

    let cutoffs: [Int]
    let columns: [Column]
    private let places: [Column: Int]

    /// - Precondition: the cutoffs are above 0 and ascend.
    init(cutoffs: [Int]) {
        self.cutoffs = cutoffs
        columns =
            Metric.all(at: cutoffs).filter { $0.isPerUser && $0 != .predictedShare }.map { .numerator($0) }
            + [.users, .listed] + cutoffs.map { .diversified($0) } + [.heldOut, .predicted]
        places = Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
    }

    var metrics: [Metric] { Metric.all(at: cutoffs).filter(\.isPerUser) }

    subscript(column: Column) -> Int {
        guard let place = places[column] else { preconditionFailure("no such column") }
        return place
    }

    /// The columns that give the metric.
    func ratio(of metric: Metric) -> MetricRatio {
        switch metric {
        case .novelty: MetricRatio(self[.numerator(metric)], self[.listed])
        case .diversity(let n): MetricRatio(self[.numerator(metric)], self[.diversified(n)])
        case .rootMeanSquaredError: MetricRatio(self[.numerator(metric)], self[.predicted], isRoot: true)
        case .meanAbsoluteError: MetricRatio(self[.numerator(metric)], self[.predicted])
        case .predictedShare: MetricRatio(self[.predicted], self[.heldOut])
        default: MetricRatio(self[.numerator(metric)], self[.users])
        }
    }
}

extension Metric {
    /// Whether it is a mean over users; coverage says something of all lists together.
    package var isPerUser: Bool {
        if case .coverage = self { false } else { true }
    }
}

/// A metric as a ratio of two sums of columns.
struct MetricRatio: Sendable {
    let numerator: Int
    let denominator: Int
    let isRoot: Bool

    init(_ numerator: Int, _ denominator: Int, isRoot: Bool = false) {
        self.numerator = numerator
        self.denominator = denominator
        self.isRoot = isRoot
    }

    /// - Returns: nil where nothing is there to be divided by.
    func value(of sums: some RandomAccessCollection<Double>) -> Double? {
        func sum(_ column: Int) -> Double { sums[sums.index(sums.startIndex, offsetBy: column)] }
        guard sum(denominator) > 0 else { return nil }
        let ratio = sum(numerator) / sum(denominator)
        return isRoot ? ratio.squareRoot() : ratio
    }
}
