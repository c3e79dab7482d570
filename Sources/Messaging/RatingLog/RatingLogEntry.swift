import Jobs
package import Recommenders
package import ServiceRuntime

/// What one job said, in the stream of ratings.
package struct RatingLogEntry: Hashable, Sendable {
    package struct Ratings: Hashable, Sendable {
        package let user: UserID
        package let updates: [RatingUpdate]

        package init(user: UserID, updates: [RatingUpdate]) {
            self.user = user
            self.updates = updates
        }
    }

    /// The place of its message in the stream: 0 for the first ever written, and always growing. Jobs may share a message.
    package let offset: Int
    /// When a gateway took it in, by the gateway's clock; nil for what is no job.
    package let moment: Timestamp?
    /// What was said; nil for a message that is no rating of ours.
    package let ratings: Ratings?
    /// Who is gone for good; nil for all other messages. Whatever the user said, before or after, is to be forgotten.
    package let removedUser: UserID?

    package init(offset: Int, moment: Timestamp?, ratings: Ratings?, removedUser: UserID? = nil) {
        self.offset = offset
        self.moment = moment
        self.ratings = ratings
        self.removedUser = removedUser
    }

    /// The entries of one message; one without ratings for a message that is no job.
    static func all(in message: RabbitMQMessage, offset: Int) -> [RatingLogEntry] {
        guard message.byteCount <= JobCoding.maximumByteCount, let jobs = try? JobCoding.decodeAll(message.body) else {
            return [RatingLogEntry(offset: offset, moment: nil, ratings: nil)]
        }
        return jobs.map { job in
            switch job.task {
            case .updateRatings(let user, let updates, _):
                RatingLogEntry(offset: offset, moment: job.createdAt, ratings: Ratings(user: user, updates: updates))
            case .removeUser(let user):
                RatingLogEntry(offset: offset, moment: job.createdAt, ratings: nil, removedUser: user)
            case .recommend, .findSimilarUsers:
                RatingLogEntry(offset: offset, moment: nil, ratings: nil)
            }
        }
    }
}
