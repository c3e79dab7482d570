import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// What a client wants done, which becomes a job with the names and times of a claim: with the same claim, the same job.
enum JobOrder: Sendable {
    case ratings([(item: ItemID, change: RatingChange)], of: UserID, refresh: Bool)
    case removal(of: UserID)
    case recommendations(Job.Audience, RecommendationQuery, JobLane)
    case similarUsers(to: UserID, RecommendationQuery)

    /// How long a recommendation may wait for a worker: whoever waits for it has gone by then, and what nobody waits for can be asked
    /// for again.
    static func patience(in lane: JobLane) -> Duration {
        switch lane {
        case .interactive: .seconds(30)
        case .batch: .seconds(3600)
        }
    }

    var kind: JobKind {
        switch self {
        case .ratings, .removal: .ratings
        case .recommendations, .similarUsers: .recommendations
        }
    }

    /// How many rating versions it takes.
    var versionCount: Int {
        switch self {
        case .ratings(let changes, _, _): changes.count
        case .removal, .recommendations, .similarUsers: 0
        }
    }

    /// Versions ascend, so of two ratings of one item the later holds.
    func job(_ claim: IdempotencyClaim) -> Job {
        switch self {
        case .ratings(let changes, let user, let refresh):
            let updates = changes.enumerated().map { place, change in
                RatingUpdate(item: change.item, change: change.change, version: claim.firstVersion.advanced(by: place))
            }
            return Job(
                id: claim.job, createdAt: claim.createdAt, task: .updateRatings(user: user, updates: updates, refresh: refresh))
        case .removal(let user):
            return Job(id: claim.job, createdAt: claim.createdAt, task: .removeUser(user))
        case .recommendations(let audience, let query, let lane):
            return Job(
                id: claim.job, createdAt: claim.createdAt, deadlineAt: claim.createdAt + Self.patience(in: lane), lane: lane,
                task: .recommend(audience, query))
        case .similarUsers(let user, let query):
            return Job(
                id: claim.job, createdAt: claim.createdAt, deadlineAt: claim.createdAt + Self.patience(in: .interactive),
                task: .findSimilarUsers(user, query))
        }
    }
}
