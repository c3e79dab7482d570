import Jobs
package import Recommenders
package import ServiceRuntime

/// One message of the stream of ratings.
package struct RatingLogEntry: Hashable, Sendable {
    package struct Ratings: Hashable, Sendable {
        package let user: UserID
        package let updates: [RatingUpdate]

        package init(user: UserID, updates: [RatingUpdate]) {
            self.user = user
            self.updates = updates
        }
    }

    /// Its place in the stream: 0 for the first ever written, and always growing.
    package let offset: Int
    /// When a gateway took it in, by the gateway's clock; nil for what is no job.
    package let moment: Timestamp?
    /// What was said; nil for a message that is no rating of ours.
    package let ratings: Ratings?

    package init(offset: Int, moment: Timestamp?, ratings: Ratings?) {
        self.offset = offset
        self.moment = moment
        self.ratings = ratings
    }

    init(offset: Int, _ message: RabbitMQMessage) {
        guard message.byteCount <= JobCoding.maximumByteCount, let job = try? JobCoding.decode(message.body),
            case .updateRatings(let user, let updates, _) = job.task
        else {
            self.init(offset: offset, moment: nil, ratings: nil)
            return
        }
        self.init(offset: offset, moment: job.createdAt, ratings: Ratings(user: user, updates: updates))
    }
}
