package import Recommenders

/// Measures what asking newcomers a few questions is worth.
///
/// Users are left out of the ratings one part in five at a time. Each of a part is then asked about items in turn, and answers by the own
/// rating or by "don't know it"; some of the own ratings, drawn by chance, are no answers but what is to be found among all items that the
/// user has not rated. How many of those are among the first ten of a list made from the answers says how good it is; without an
/// answer popularity makes the list.
package struct ColdStart: Sendable {
    package let dataset: Dataset
    /// How many questions are asked.
    package var questions = [0, 1, 2, 3, 5, 10]
    package var cutoff = 10
    /// Of each user so many ratings are to be found, and as many at least may be answers.
    package var targets = 10
    package var folds = 5
    package var seed: UInt64 = 1
    package var threads = Parallel.coreCount

    package init(_ dataset: Dataset) { self.dataset = dataset }

    /// - Parameters:
    ///   - orders: differences are from the first.
    ///   - scorer: trained on the ratings of those who are not asked.
    package func evaluate(
        _ orders: [Questionnaire.Order], bootstrap: Bootstrap = Bootstrap(), scorer: (RatingMatrix) throws -> any ItemScorer
    ) rethrows -> [ColdStartReport.Questions] {
        var generator = SplitMix64(seed: seed)
        var users = (0..<dataset.ratings.userCount).filter { dataset.ratings.row($0).count >= 2 * targets }
        generator.shuffle(&users)
        var rows: [[Double]] = []
        for fold in 0..<folds {
            let asked = users.indices.filter { $0 % folds == fold }.map { users[$0] }
            let training = ratings(without: Set(asked))
            let scorer = try scorer(training)
            let popularity = Popularity(ratings: training, scale: dataset.scale)
            let questionnaires = orders.map { Questionnaire(training, count: questions.max() ?? 0, order: $0) }
            let seeds = asked.map { _ in generator.next() }
            rows += Parallel.map(asked.count, threads: threads) { number in
                row(of: asked[number], questionnaires, scorer, popularity, seed: seeds[number])
            }
        }
        return outcomes(orders, rows, bootstrap)
    }

    // A user's row: the number of targets, then by order and number of questions hits and answers.
    private func column(_ order: Int, _ place: Int) -> Int { 1 + 2 * (order * questions.count + place) }

    private func ratings(without users: Set<Int>) -> RatingMatrix {
        let all = dataset.ratings
        var starts = [0]
        var (items, codes, times): ([UInt32], [UInt8], [UInt32]) = ([], [], [])
        for user in 0..<all.userCount {
            if !users.contains(user) {
                items += all.items[all.row(user)]
                codes += all.rowCodes[all.row(user)]
                times += all.rowTimes[all.row(user)]
            }
            starts.append(items.count)
        }
        return RatingMatrix(itemCount: all.itemCount, rowStarts: starts, items: items, rowCodes: codes, rowTimes: times)
    }

    private func row(
        of user: Int, _ questionnaires: [Questionnaire], _ scorer: any ItemScorer, _ popularity: Popularity, seed: UInt64
    ) -> [Double] {
        let profile = dataset.ratings.profile(of: user)
        let sought = Set(Array(profile.items.indices).sample(targets, seed: seed).map { profile.items[$0] })
        // Whether or not they were asked about: else it would pay to ask about what would be recommended anyway.
        var filter = ItemFilter(itemCount: dataset.ratings.itemCount, admitsAll: true)
        for item in profile.items where !sought.contains(item) { filter.refuse(item) }
        var row = [Double](repeating: 0, count: 1 + 2 * questionnaires.count * questions.count)
        row[0] = Double(sought.count)
        for (order, questionnaire) in questionnaires.enumerated() {
            for (place, count) in questions.enumerated() {
                let answered = questionnaire.items.prefix(count).filter { !sought.contains($0) && profile.code(of: $0) != nil }
                    .sorted()
                // All at one time, as answers are.
                let answers = Profile(items: answered, codes: answered.compactMap { profile.code(of: $0) })
                var list = (try? scorer.best(cutoff, for: answers, filter: filter)) ?? []
                if list.isEmpty { list = popularity.best(cutoff, for: answers, filter: filter) }
                row[column(order, place)] = Double(list.count { sought.contains($0.element) })
                row[column(order, place) + 1] = Double(answered.count)
            }
        }
        return row
    }

    private func outcomes(
        _ orders: [Questionnaire.Order], _ rows: [[Double]], _ bootstrap: Bootstrap
    ) -> [ColdStartReport.Questions] {
        let width = 1 + 2 * orders.count * questions.count
        let table = UserRows(numbers: rows.flatMap { $0 }, width: width)
        let sums = table.units(1)
        let resampled = bootstrap.sums(of: [table])[0]
        func rate(_ sums: [Double], _ column: Int) -> Double { sums.isEmpty || sums[0] == 0 ? 0 : sums[column] / sums[0] }
        return orders.enumerated().map { order, name in
            let estimates = questions.indices.map { place in
                let (own, other) = (column(order, place), column(0, place))
                let differences = resampled.map { rate($0, own) - rate($0, other) }
                return MetricEstimate(
                    value: rate(sums, own), interval: bootstrap.interval(of: resampled.map { rate($0, own) }),
                    difference: order == 0
                        ? nil
                        : .init(
                            value: rate(sums, own) - rate(sums, other), interval: bootstrap.interval(of: differences),
                            chance: Comparison.chance(differences)))
            }
            return ColdStartReport.Questions(
                order: name.rawValue, hitRates: estimates,
                answers: questions.indices.map { (sums.isEmpty ? 0 : sums[column(order, $0) + 1]) / Double(max(rows.count, 1)) },
                users: rows.count)
        }
    }
}
