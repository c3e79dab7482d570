/// What every evaluated user adds to the metrics: a row of `layout.columns` numbers each, in the order of the evaluated users.
struct UserFigures: Sendable, Equatable {
    let layout: MetricLayout
    let numbers: [Double]

    var width: Int { layout.columns.count }
    var userCount: Int { numbers.count / width }

    /// By column, over all users or those at some places.
    func sums(over places: some Sequence<Int>) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        for place in places {
            for column in 0..<width { sums[column] += numbers[place * width + column] }
        }
        return sums
    }

    /// - Returns: nil where no user has a value.
    func mean(_ metric: Metric) -> Double? {
        layout.ratio(of: metric).value(of: sums(over: 0..<userCount))
    }

    /// The metric of one user alone; nil where the user has none.
    func value(_ metric: Metric, at place: Int) -> Double? {
        layout.ratio(of: metric).value(of: numbers[place * width..<(place + 1) * width])
    }
}
