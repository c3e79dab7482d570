#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

import Recommenders
import Testing

@testable import Evaluation

struct OnlineEvaluatorTests {
    static let sample = SampleDataset(driftingWithSeed: 3, users: 60, items: 80).dataset

    static func popularity(_ stream: RatingStream, first count: Int) -> Popularity {
        Popularity(ratings: stream.matrix(first: count), scale: .halfStars)
    }

    static func neighbours(_ ratings: RatingMatrix) -> any ItemScorer {
        UserNeighborScorer(
            UserNeighborRecommender(ratings: ratings, scale: .halfStars), parameters: .usual(for: .cosine, timesKnown: true))
    }

    @Test func putsRatingsInTheOrderOfTime() throws {
        let ratings = RatingMatrix.random(seed: 5)
        let stream = try RatingStream(ratings)
        #expect(zip(stream.ratings, stream.ratings.dropFirst()).allSatisfy { $0.time <= $1.time })
        for count in [0, 1, 77, stream.ratings.count] {
            let expected = Set(stream.ratings.prefix(count).map { [$0.user, $0.item, UInt32($0.code), $0.time] })
            #expect(stream.matrix(first: count).triples == expected)
        }
        #expect(try RatingStream(ratings, seed: 2).ratings != stream.ratings, "those of one second are drawn")
        #expect(throws: SplitError.timesUnknown) { try RatingStream(.random(seed: 5, times: 1).withoutTimes) }
    }

    /// One rating after the other, by scores of all items.
    @Test func equalsTheObviousWay() throws {
        let stream = try RatingStream(RatingMatrix.random(seed: 8))
        var evaluator = OnlineEvaluator(stream, trainingShare: 0.4)
        evaluator.stride = 1
        evaluator.cutoff = 5
        evaluator.windows = 3
        let frozen = Self.popularity(stream, first: evaluator.start)
        let online = OnlineArm(name: "online") { Self.popularity(stream, first: $0) }
        let outcome = try evaluator.evaluate(
            [OnlineContender(name: "popularity", arms: [.frozen(frozen), online])], popularity: [.frozen(frozen), online])
        let report = OnlineReport(
            outcome, dataset: DatasetSummary(name: "random", users: 0, items: 0, ratings: 0), evaluator: evaluator)

        var (known, hits, gains, newcomers, newcomerHits) = (0, [0, 0], [0.0, 0.0], 0, [0, 0])
        for place in evaluator.start..<stream.ratings.count {
            let rating = stream.ratings[place]
            let rated = Set(stream.ratings[..<place].filter { $0.user == rating.user }.map(\.item))
            let places = [frozen, Self.popularity(stream, first: place)].map { popularity -> Int? in
                var scores = [Float](repeating: 0, count: stream.itemCount)
                _ = scores.withUnsafeMutableBufferPointer { popularity.answer(Profile(items: [], codes: []), into: $0) }
                let order = scores.indices.filter { scores[$0] > -.infinity && !rated.contains(UInt32($0)) }
                    .sorted { (scores[$0], $1) > (scores[$1], $0) }
                return order.prefix(5).firstIndex(of: Int(rating.item))
            }
            if rated.isEmpty { newcomers += 1 } else { known += 1 }
            for (arm, place) in places.enumerated() {
                guard let place else { continue }
                if rated.isEmpty {
                    newcomerHits[arm] += 1
                } else {
                    hits[arm] += 1
                    gains[arm] += 1 / log2(Double(place + 2))
                }
            }
        }
        #expect(newcomers > 0 && hits[0] != hits[1])
        #expect(report.newcomers.predictions == newcomers)
        #expect(report.newcomers.onlineHitRate == Double(newcomerHits[1]) / Double(newcomers))
        for arm in 0..<2 {
            #expect(abs(report.algorithms[0].arms[arm].hitRate.value - Double(hits[arm]) / Double(known)) < 1e-12)
            #expect(abs(report.algorithms[0].arms[arm].ndcg.value - gains[arm] / Double(known)) < 1e-12)
        }
    }

    @Test func overlayLearnsAsIfAllWereBuiltAnew() throws {
        let dataset = Self.sample
        let stream = try RatingStream(dataset.ratings)
        var evaluator = OnlineEvaluator(stream, trainingShare: 0.5)
        evaluator.stride = 40
        evaluator.windows = 4
        let training = stream.matrix(first: evaluator.start)
        let overlay = StreamOverlay(stream, of: dataset, training: training, start: evaluator.start)
        let popularity = Self.popularity(stream, first: evaluator.start)
        let standIns = [OnlineArm.frozen(popularity), overlay.arm(popularity)]
        let contenders = [
            OnlineContender(
                name: "popularity",
                arms: [overlay.arm(popularity), OnlineArm(name: "anew") { Self.popularity(stream, first: $0) }]),
            OnlineContender(
                name: "neighbours",
                arms: [
                    overlay.arm(Self.neighbours(training)),
                    OnlineArm(name: "anew") { Self.neighbours(stream.matrix(first: $0)) },
                ]),
        ]
        let outcome = try evaluator.evaluate(contenders, popularity: standIns)
        let report = OnlineReport(outcome, dataset: DatasetSummary(dataset), evaluator: evaluator)
        for algorithm in report.algorithms {
            #expect(algorithm.arms[0].hitRate.value > 0.02)
            #expect(algorithm.arms[0].ndcg.value == algorithm.arms[1].ndcg.value, "\(algorithm.name)")
            #expect(algorithm.arms[0].windows.map { $0?.value } == algorithm.arms[1].windows.map { $0?.value })
            #expect(algorithm.arms[1].hitRate.difference?.interval == Interval(low: 0, high: 0))
        }
    }

    @Test func showsThatLearningGainsWhereThingsChange() throws {
        let dataset = SampleDataset(driftingWithSeed: 1, users: 200, items: 150).dataset
        let stream = try RatingStream(dataset.ratings)
        var evaluator = OnlineEvaluator(stream, trainingShare: 0.4)
        evaluator.predictions = 1500
        evaluator.stride = 50
        let training = stream.matrix(first: evaluator.start)
        let overlay = StreamOverlay(stream, of: dataset, training: training, start: evaluator.start)
        let popularity = Popularity(ratings: training, scale: .halfStars)
        let scorer = Self.neighbours(training)
        let report = OnlineReport(
            try evaluator.evaluate(
                [OnlineContender(name: "neighbours", arms: [.frozen(scorer), overlay.arm(scorer)])],
                popularity: [.frozen(popularity), overlay.arm(popularity)]),
            dataset: DatasetSummary(dataset), evaluator: evaluator)
        #expect(report.predictions == 1500)
        let difference = try #require(report.algorithms[0].arms[1].hitRate.difference)
        #expect(try #require(difference.interval).low > 0)
        #expect(report.table.rows.count == 2 && report.windowTable.rows.allSatisfy { $0.count == 12 })
        let page = report.html
        #expect(page.contains("<polyline") && page.contains("gains most by learning") && !page.contains("<script"))
        #expect(try OnlineReport(json: report.json()) == report)
    }
}

extension RatingMatrix {
    fileprivate var withoutTimes: RatingMatrix {
        RatingMatrix(itemCount: itemCount, rowStarts: rowStarts, items: items, rowCodes: rowCodes)
    }
}
