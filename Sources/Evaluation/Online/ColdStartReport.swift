package import Foundation

/// What an evaluation of questions to newcomers says, in the form in which it is kept (JSON with these names).
package struct ColdStartReport: Hashable, Sendable, Codable {
    /// Which form this is: `kindred-cold-start/1`.
    package var format = "kindred-cold-start/1"
    package var dataset: DatasetSummary
    package var algorithm: String
    package var cutoff: Int
    /// Of each user so many ratings were to be found.
    package var targets: Int
    package var seed: UInt64
    /// How many questions were asked.
    package var questions: [Int]
    /// Differences are from the first.
    package var orders: [Questions]

    /// What one order of questions came to.
    package struct Questions: Hashable, Sendable, Codable {
        package var order: String
        /// By number of questions.
        package var hitRates: [MetricEstimate]
        /// By number of questions: how many of them a user could answer, on the average.
        package var answers: [Double]
        package var users: Int
    }

    package init(_ orders: [Questions], of coldStart: ColdStart, algorithm: String) {
        dataset = DatasetSummary(coldStart.dataset)
        self.algorithm = algorithm
        cutoff = coldStart.cutoff
        targets = coldStart.targets
        seed = coldStart.seed
        questions = coldStart.questions
        self.orders = orders
    }

    package func json() throws -> Data { try StableJSON.encode(self) }

    /// A row for each number of questions and order.
    package var table: ReportTable {
        let metric = Metric.hitRate(cutoff)
        let rows = questions.enumerated().flatMap { place, count in
            orders.enumerated().map { number, order in
                let estimate = order.hitRates[place]
                return [
                    number == 0 ? "\(count)" : "", order.order, FixedNumber.text(order.answers[place], places: 2),
                    metric.text(of: estimate.value), estimate.interval.map { metric.text(of: $0) } ?? "–",
                    estimate.difference.map { metric.signedText(of: $0.value) } ?? "–",
                    estimate.difference?.interval.map { metric.text(of: $0) } ?? "–",
                ]
            }
        }
        return ReportTable(
            header: ["questions", "asked first", "answered", metric.title, "95 % interval", "Δ", "95 % interval"], rows: rows,
            isNumber: [true, false, true, true, true, true, true])
    }
}
