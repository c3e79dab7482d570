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

    static func recommendation(in lane: JobLane = .interactive) throws -> Job {
        Job(
            id: .random(), createdAt: .now, deadlineAt: .now + .seconds(30), lane: lane,
            task: .recommend(
                .guest([Job.GuestRating(item: try ItemID("1"), rating: 5)]),
                RecommendationQuery(count: 10, algorithm: .userNeighbors, similarity: .cosine, neighbours: 40, genres: ["Drama"]))
        )
    }
}
