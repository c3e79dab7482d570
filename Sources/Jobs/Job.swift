package import Recommenders
package import ServiceRuntime

/// One piece of work on its way from a gateway to a worker.
package struct Job: Hashable, Sendable {
    package let id: JobID
    package let createdAt: Timestamp
    /// Not started by then, it is not done at all; nil for work that is never given up.
    package let deadlineAt: Timestamp?
    package let lane: JobLane
    package let task: Task

    package enum Task: Hashable, Sendable, Codable {
        /// Apply `updates` to the user's profile, then compute the user's list anew if `refresh`.
        case updateRatings(user: UserID, updates: [RatingUpdate], refresh: Bool)
        /// Take away what is kept of a user, and keep it away. It travels like a rating, so that the log of ratings has it too.
        case removeUser(UserID)
        case recommend(Audience, RecommendationQuery)
        /// Find who rates like the user; the query's count is of users.
        case findSimilarUsers(UserID, RecommendationQuery)
    }

    /// For whom a list is.
    package enum Audience: Hashable, Sendable, Codable {
        case user(UserID)
        /// Nobody we know: the ratings are all there is.
        case guest([GuestRating])
        /// Several users who want one list together.
        case group([UserID])
    }

    package struct GuestRating: Hashable, Sendable, Codable {
        package let item: ItemID
        package let rating: Double

        package init(item: ItemID, rating: Double) {
            self.item = item
            self.rating = rating
        }
    }

    package init(
        id: JobID, createdAt: Timestamp, deadlineAt: Timestamp? = nil, lane: JobLane = .interactive, task: Task
    ) {
        self.id = id
        self.createdAt = createdAt
        self.deadlineAt = deadlineAt
        self.lane = lane
        self.task = task
    }

    package var kind: JobKind {
        switch task {
        case .updateRatings, .removeUser: .ratings
        case .recommend, .findSimilarUsers: .recommendations
        }
    }

    /// nil for guests and groups.
    package var user: UserID? {
        switch task {
        case .updateRatings(let user, _, _), .removeUser(let user), .recommend(.user(let user), _),
            .findSimilarUsers(let user, _):
            user
        case .recommend(.guest, _), .recommend(.group, _): nil
        }
    }
}
