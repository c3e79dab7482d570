import Recommenders
import Testing

@testable import Evaluation

struct ColdStartTests {
    @Test func measuresWhatAnswersAreWorth() throws {
        let dataset = SampleDataset.make(seed: 4, users: 150, items: 120)
        var coldStart = ColdStart(dataset)
        coldStart.questions = [0, 2, 8]
        coldStart.targets = 5
        let outcomes = coldStart.evaluate([.popular, .informative]) { training in
            UserNeighborScorer(
                UserNeighborRecommender(ratings: training, scale: .halfStars), parameters: .usual(for: .cosine, timesKnown: true))
        }
        #expect(outcomes.map(\.order) == ["popular", "informative"])
        for outcome in outcomes {
            #expect(outcome.users == dataset.ratings.userCount)
            #expect(outcome.answers[0] == 0 && outcome.answers[1] < outcome.answers[2] && outcome.answers[2] < 8)
        }
        // Without a question the order of questions makes no difference: it is popularity's list.
        #expect(outcomes[0].hitRates[0].value == outcomes[1].hitRates[0].value)
        #expect(outcomes[1].hitRates[0].difference?.interval == Interval(low: 0, high: 0))
        // Whether that is for the better, of so few items, is the data's affair.
        #expect(outcomes[1].hitRates[2].value != outcomes[1].hitRates[0].value)
        let report = ColdStartReport(outcomes, of: coldStart, algorithm: "user-neighbors")
        #expect(report.table.rows.count == 6 && report.table.rows.allSatisfy { $0.count == report.table.header.count })
    }
}
