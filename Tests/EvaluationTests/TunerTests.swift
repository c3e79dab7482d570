import Evaluation
import Foundation
import Recommenders
import Testing

struct TunerTests {
    static let ratings = RatingMatrix.random(seed: 21, users: 120)
    static let summary = DatasetSummary(name: "random", users: 120, items: 45, ratings: ratings.ratingCount)

    /// Ranks the held-out items the higher the nearer `x` is to 0.3 and `kind` is `good`.
    struct Knob: ItemScorer {
        let base = HashScorer(itemCount: 45, levels: 1000)
        let heldOut: RatingLists
        let gain: Float
        var itemCount: Int { 45 }

        func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
            guard base.answer(profile, into: scores) else { return false }
            for item in heldOut.items[heldOut.row(Int(profile.row ?? 0))] { scores[Int(item)] = 500 + 500 * gain }
            return true
        }
    }

    static let space = [
        SearchParameter("x", .number(0.01...10, isLogarithmic: true), initial: 5),
        SearchParameter("n", .whole(1...50, isLogarithmic: false), initial: 40),
        SearchParameter("kind", .choices(["bad", "good"]), initial: "bad"),
    ]

    static func gain(_ parameters: ParameterSet) -> Double {
        let x = abs(log((parameters["x"]?.number ?? 1) / 0.3)) / 7
        let n = abs((parameters["n"]?.number ?? 0) - 12) / 50
        return 0.8 - x - n - (parameters["kind"] == "good" ? 0 : 0.5)
    }

    static func tune(
        _ strategy: SearchStrategy, seed: UInt64 = 1, trials: Int = 36, seconds: Double = 1e6, firstUsers: Int? = nil
    ) throws -> TuningReport {
        let validation = try Split.leaveLastOut(ratings).validationSet()
        var tuner = Tuner(validation, scale: .halfStars, space: space)
        // Unlike cut metrics it tells the places far down from each other.
        tuner.objective = .reciprocalRank
        tuner.strategy = strategy
        tuner.seed = seed
        tuner.trials = trials
        tuner.seconds = seconds
        tuner.firstUsers = firstUsers
        return try tuner.run(algorithm: "knob", dataset: summary, split: .leaveLastOut) { parameters, _ in
            Knob(heldOut: validation.set.heldOut, gain: Float(gain(parameters)))
        }
    }

    @Test(arguments: SearchStrategy.allCases) func comesNearTheOptimum(strategy: SearchStrategy) throws {
        let report = try Self.tune(strategy)
        #expect(report.trials[0].parameters == ["x": 5, "n": 40, "kind": "bad"])
        #expect(report.trials[0].value == report.initialValue && report.value > report.initialValue)
        #expect(report.parameters["kind"] == "good" && Self.gain(report.parameters) > 0.6)
        #expect(report.value == report.trials.compactMap(\.value).max())
        #expect(Set(report.trials.map(\.parameters)).count == report.trials.count && report.trials.count <= 36)
        for trial in report.trials {
            #expect(0.01...10 ~= trial.parameters["x"]?.number ?? 0)
            #expect((trial.parameters["n"]?.number).flatMap { Int(exactly: $0) } ?? 0 >= 1)
        }
    }

    @Test(arguments: SearchStrategy.allCases) func theSameSeedTriesTheSame(strategy: SearchStrategy) throws {
        let first = try Self.tune(strategy, trials: 15).trials.map(\.parameters)
        #expect(try Self.tune(strategy, trials: 15).trials.map(\.parameters) == first)
        #expect(try (strategy == .coordinate) == (Self.tune(strategy, seed: 2, trials: 15).trials.map(\.parameters) == first))
    }

    @Test func looksAtValidationOnly() throws {
        let split = try Split.leaveLastOut(Self.ratings)
        let test = split.testSet()
        let tuner = Tuner(try split.validationSet(), scale: .halfStars, space: Self.space)
        let report = try tuner.run(algorithm: "knob", dataset: Self.summary, split: .leaveLastOut) { parameters, training in
            for user in test.users {
                let row = Set(training.items[training.row(user)])
                #expect(row.isDisjoint(with: test.heldOut.items[test.heldOut.row(user)]))
            }
            return HashScorer(itemCount: training.itemCount, seed: UInt64(parameters["n"]?.number ?? 0))
        }
        #expect(report.split.part == .validation && report.split.validationUse == nil)
    }

    @Test func givesUpWhatFallsBehind() throws {
        let report = try Self.tune(.random, firstUsers: 30)
        #expect(report.trials.contains { $0.isGivenUp && $0.users == 30 })
        #expect(report.trials[0].users > 30 && !report.trials[0].isGivenUp)
        #expect(Self.gain(report.parameters) > 0.6)
    }

    @Test func alwaysTriesTheInitialValuesAndNoMoreWhenTimeIsOut() throws {
        #expect(try Self.tune(.random, seconds: 0).trials.count == 1)
    }

    @Test func goesOnAfterAFailure() throws {
        struct Failure: Error {}
        let tuner = Tuner(try Split.leaveLastOut(Self.ratings).validationSet(), scale: .halfStars, space: Self.space)
        let report = try tuner.run(algorithm: "knob", dataset: Self.summary, split: .leaveLastOut) { parameters, _ in
            if parameters["kind"] == "good" { throw Failure() }
            return HashScorer(itemCount: 45)
        }
        #expect(report.trials.contains { $0.failure != nil && $0.value == nil })
        #expect(report.parameters["kind"] == "bad")
        #expect(throws: Failure.self) {
            try tuner.run(algorithm: "knob", dataset: Self.summary, split: .leaveLastOut) { _, _ in throw Failure() }
        }
    }

    @Test func theReportIsReadBack() throws {
        let report = try Self.tune(.random, trials: 5)
        #expect(try TuningReport(json: report.json()) == report)
    }
}
