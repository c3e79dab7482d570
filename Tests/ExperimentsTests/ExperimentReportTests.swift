import Experiments
import Foundation
import Recommenders
import ServiceRuntime
import Testing

@Suite struct ExperimentReportTests {
    private let experiment = Samples.experiment()
    /// When all who came on the first two days have been observed for a week.
    private let moment = Samples.start + .seconds(9 * 86_400)

    /// - Parameters:
    ///   - users: a day of each variant, on three days.
    ///   - active: of them those that do two things.
    private func counts(users: [Int64], active: [Int64]) -> ExperimentCounts {
        var counts = ExperimentCounts()
        let first = experiment.period(of: Samples.start)
        for day in first..<first + 3 {
            for (place, name) in ["v0", "v1"].enumerated() {
                counts.numbers[.init(period: day, variant: name, quantity: .users)] = users[place]
                counts.numbers[.init(period: day, variant: name, quantity: .exposures)] = 3 * users[place]
                counts.numbers[.init(period: day, variant: name, quantity: .sum(.ratings))] = 2 * active[place]
                counts.numbers[.init(period: day, variant: name, quantity: .squares(.ratings))] = 4 * active[place]
            }
        }
        return counts
    }

    @Test func comparesWhoWasObservedForTheWholeWindow() throws {
        let report = ExperimentReport(on: experiment, counts(users: [1000, 1010], active: [300, 404]), at: moment)
        #expect(report.variants.map(\.users) == [3000, 3030])
        #expect(report.variants.map(\.measuredUsers) == [2000, 2020])
        #expect(report.variants.map(\.exposures) == [9000, 9090])
        let measure = try #require(report.variants[1].outcomes.first { $0.outcome == .ratings })
        #expect(measure.total == 2424)
        #expect(abs(measure.perUser - 0.8) < 1e-12)
        let uplift = try #require(measure.uplift)
        #expect(abs(uplift.value - 1.0 / 3) < 1e-12)
        #expect(uplift.low ?? 0 < 1.0 / 3 && uplift.high ?? 0 > 1.0 / 3)
        #expect(uplift.pValue < 0.001)
        #expect(report.variants[1].verdict == .better)
        #expect(report.variants[0].verdict == nil)
        #expect(report.verdict.hasPrefix("v1 is better than v0: between +16.9 % and +52.6 % ratings per user."))
    }

    @Test(arguments: [
        (Outcome.ratings, [1000, 1000], [400, 300], ExperimentVerdict.worse, "v1 is worse than v0"),
        (.ratings, [1000, 1000], [300, 302], .undecided, "No difference between v1 and v0 has been shown yet: between −"),
        (.ratings, [1000, 1200], [300, 500], .untrustworthy, "Do not trust"),
        (.ratings, [49, 49], [3, 40], .tooEarly, "It is too early to say anything of v1: 100 users"),
    ])
    func saysWhatItMeans(outcome: Outcome, users: [Int64], active: [Int64], verdict: ExperimentVerdict, text: String) {
        let report = ExperimentReport(on: experiment, counts(users: users, active: active), at: moment)
        #expect(report.variants[1].verdict == verdict)
        #expect(report.verdict.hasPrefix(text))
    }

    @Test func moreOfWhatIsUnwelcomeIsWorse() {
        let experiment = Samples.experiment(outcome: .dislikes)
        var counts = counts(users: [1000, 1000], active: [300, 400])
        for (field, number) in counts.numbers {
            switch field.quantity {
            case .sum: counts.numbers[.init(period: field.period, variant: field.variant, quantity: .sum(.dislikes))] = number
            case .squares:
                counts.numbers[.init(period: field.period, variant: field.variant, quantity: .squares(.dislikes))] = number
            default: break
            }
        }
        #expect(ExperimentReport(on: experiment, counts, at: moment).variants[1].verdict == .worse)
    }

    @Test func knowsItsState() {
        let states = [
            Samples.start + .milliseconds(-1), Samples.start, Samples.end, Samples.end + .seconds(7 * 86_400 - 1),
            Samples.end + .seconds(7 * 86_400),
        ].map { experiment.state(at: $0) }
        #expect(states == [.planned, .running, .closing, .closing, .ended])
    }

    @Test func fieldsReadAsTheyAreWritten() {
        for text in ["20780 control users", "-1 b exposures", "3 c ratings", "4 d dwell^2"] {
            #expect(ExperimentCounts.Field(text)?.description == text)
        }
        for text in ["", "x control users", "1 control", "1 control stars", "1  users"] {
            #expect(ExperimentCounts.Field(text) == nil)
        }
    }

    @Test func isJSON() throws {
        let report = ExperimentReport(on: experiment, counts(users: [10, 10], active: [1, 1]), at: moment)
        let object = try #require(try JSONSerialization.jsonObject(with: report.json()) as? [String: Any])
        #expect(object["name"] as? String == "sample")
        #expect((object["variants"] as? [[String: Any]])?.count == 2)
        #expect((object["sampleRatio"] as? [String: Any])?["isMismatch"] as? Bool == false)
    }
}
