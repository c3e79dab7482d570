import Jobs
import Messaging
import Recommenders

/// What a slot does at once: jobs that need the same profile, and of which all that need a list can do with the same two.
///
/// Rating updates of one user are all applied, and cost one list. Recommendations that ask for the same cost one list.
struct Work: Sendable {
    /// Whose turn it is: one at a time, so that nobody has more than a slot.
    enum Key: Hashable, Sendable {
        case user(UserID)
        /// Guests have nothing but their question.
        case guest([Job.GuestRating], RecommendationQuery)
        case group([UserID], RecommendationQuery)
        case similarUsers(UserID, RecommendationQuery)
        /// Not together with others, since that has failed.
        case single(JobID)
        /// While nothing else runs.
        case alone(JobID)
        case obituaries
    }

    let key: Key
    /// At least one.
    let jobs: [HeldJob]

    /// Whether one of them takes the user away.
    var removesUser: Bool {
        jobs.contains { held in if case .removeUser = held.job.task { true } else { false } }
    }

    /// Rating updates, in the order in which they came.
    var updates: [RatingUpdate] {
        jobs.flatMap { held -> [RatingUpdate] in
            if case .updateRatings(_, let updates, _) = held.job.task { updates } else { [] }
        }
    }
}

extension Work.Key {
    init(of held: HeldJob) {
        if held.delivery.death != nil {
            self = .obituaries
        } else if held.isSuspect {
            self = .alone(held.job.id)
        } else if held.isIsolated {
            self = .single(held.job.id)
        } else {
            switch held.job.task {
            case .updateRatings(let user, _, _), .removeUser(let user), .recommend(.user(let user), _): self = .user(user)
            case .recommend(.guest(let ratings), let query): self = .guest(ratings, query)
            case .recommend(.group(let users), let query): self = .group(users, query)
            case .findSimilarUsers(let user, let query): self = .similarUsers(user, query)
            }
        }
    }
}
