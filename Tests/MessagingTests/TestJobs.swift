import Jobs
import Recommenders
import ServiceRuntime

@testable import Messaging

/// Jobs to send around.
enum TestJobs {
    static func rating(_ user: String = "ada") throws -> Job {
        let update = RatingUpdate(
            item: try ItemID("2571"), rating: 4.5, version: RatingVersion(milliseconds: 1_700_000_000_000, origin: 7))
        return Job(id: .random(), createdAt: .now, task: .updateRatings(user: try UserID(user), updates: [update], refresh: true))
    }

    static func dismissal(_ user: String = "ada") throws -> Job {
        let update = RatingUpdate(
            item: try ItemID("2571"), change: .dismissed, version: RatingVersion(milliseconds: 1_700_000_000_000, origin: 7))
        return Job(id: .random(), createdAt: .now, task: .updateRatings(user: try UserID(user), updates: [update], refresh: true))
    }

    static func removal(of user: String = "ada") throws -> Job {
        Job(id: .random(), createdAt: .now, task: .removeUser(try UserID(user)))
    }

    static func recommendation(in lane: JobLane = .interactive) throws -> Job {
        Job(
            id: .random(), createdAt: .now, deadlineAt: .now + .seconds(30), lane: lane,
            task: .recommend(
                .guest([Job.GuestRating(item: try ItemID("1"), rating: 5)]),
                RecommendationQuery(count: 10, algorithm: .userNeighbors, similarity: .cosine, neighbours: 40, genres: ["Drama"]))
        )
    }

    /// Asks for everything that a list can be asked for.
    static func shaped() throws -> Job {
        Job(id: .random(), createdAt: .now, task: .recommend(.group([try UserID("ada"), try UserID("bob")]), try everyWish()))
    }

    static func everyWish() throws -> RecommendationQuery {
        var query = RecommendationQuery(count: 200, algorithm: .trending, genres: ["Drama"])
        query.excludedGenres = ["Horror"]
        query.years = YearRange(from: 1990, through: 1999)
        query.attributes = ["year": ["1999"], "imdb": ["tt1", "tt2"]]
        query.items = [try ItemID("1"), try ItemID("2")]
        query.excludedItems = [try ItemID("3")]
        query.excludesShown = true
        query.boosts = [
            Boost(.genre("Drama"), strength: 1.5), Boost(.item(try ItemID("1")), strength: -2),
            Boost(.attribute(name: "year", value: "1999"), strength: 0.5),
        ]
        query.pinned = [PinnedItem(try ItemID("4"), rank: 3)]
        query.diversity = 0.25
        query.exploration = Exploration(share: 0.125, seed: 7)
        query.rows = RowRequest(count: 2, length: 5, genres: ["Drama"])
        query.aggregation = .leastMisery
        return query
    }

    /// Of any kind, with anything in it that may be.
    static func random(using generator: inout some RandomNumberGenerator) throws -> Job {
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &generator) ? value : nil }
        func text() -> String {
            let letters = Array("a\"\\/\u{1}\né😀 {}:,")
            return String(
                (0..<Int.random(in: 1...12, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "a" })
        }
        func number() -> Double {
            [0, 0.5, 4.5, -1, 1e-7, 1e300, .pi, Double(Int.random(in: 0...10, using: &generator))].randomElement(
                using: &generator) ?? 1
        }
        let version = RatingVersion(
            clock: .random(in: 0 ... .max, using: &generator), origin: .random(in: 0 ... .max, using: &generator))
        let query = RecommendationQuery(
            count: maybe(7), algorithm: maybe(.userNeighbors), similarity: maybe(.cosine), neighbours: maybe(30),
            genres: maybe([text(), text()]))
        let count = Int.random(in: 0...4, using: &generator)
        let tasks: [Job.Task] = [
            .updateRatings(
                user: try UserID(text()),
                updates: try (0..<count).map { _ in
                    RatingUpdate(item: try ItemID(text()), rating: maybe(number()), version: version)
                },
                refresh: .random(using: &generator)),
            .recommend(.user(try UserID(text())), query),
            .recommend(.guest(try (0..<count).map { _ in Job.GuestRating(item: try ItemID(text()), rating: number()) }), query),
        ]
        return Job(
            id: .random(at: .now, using: &generator),
            createdAt: Timestamp(milliseconds: .random(in: .min ... .max, using: &generator)),
            deadlineAt: maybe(Timestamp(milliseconds: 5)), lane: Bool.random(using: &generator) ? .batch : .interactive,
            task: tasks.randomElement(using: &generator) ?? tasks[0])
    }
}
