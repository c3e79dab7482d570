import Jobs
import Recommenders
import ServiceRuntime

@testable import Storage

extension RatingVersion {
    static func at(_ milliseconds: UInt64, origin: UInt32 = 1) -> RatingVersion {
        RatingVersion(milliseconds: milliseconds, origin: origin)
    }
}

func update(_ item: String, _ rating: Double?, at milliseconds: UInt64, origin: UInt32 = 1) throws -> RatingUpdate {
    RatingUpdate(item: try ItemID(item), rating: rating, version: .at(milliseconds, origin: origin))
}

func dismissal(_ item: String, at milliseconds: UInt64, origin: UInt32 = 1) throws -> RatingUpdate {
    RatingUpdate(item: try ItemID(item), change: .dismissed, version: .at(milliseconds, origin: origin))
}

func list(_ items: [String] = ["50", "181"], seen version: RatingVersion?, madeAt milliseconds: Int64 = 1) throws -> StoredList {
    StoredList(
        generatedAt: Timestamp(milliseconds: milliseconds),
        list: RecommendationList(
            algorithm: .userNeighbors, similarity: .pearson, fallback: nil, neighbours: 50, ratingsVersion: version,
            items: try items.enumerated().map { place, item in
                Recommendation(
                    item: try ItemID(item), score: 17.25 / Double(place + 1), predictedRating: 4.3125, matchPercent: 62.5,
                    because: [Because(item: try ItemID("b\(item)"), rating: 4.5), Because(item: try ItemID("c"), rating: 5)])
            }))
}

func job(_ id: JobID = .random(), _ status: JobStatus = .queued, attempt: Int = 0, user: UserID? = nil) -> JobRecord {
    JobRecord(
        id: id, kind: .recommendations, status: status, attempt: attempt, user: user,
        createdAt: Timestamp(milliseconds: 1_700_000_000_000), deadlineAt: Timestamp(milliseconds: 1_700_000_030_000),
        request: .recommendations(RecommendationQuery(count: 20, genres: ["Drama", "Sci-Fi"])))
}
