import Jobs
import Recommenders
import ServiceRuntime

extension WireWriter {
    mutating func write(_ job: Job) {
        object { wire in
            // First, so that who reads knows at once what to make of the rest.
            wire.key(.version)
            wire.integer(job.formatVersion)
            wire.key(.id)
            wire.string(job.id.rawValue)
            wire.key(.createdAt)
            wire.integer(job.createdAt.milliseconds)
            if let deadline = job.deadlineAt {
                wire.key(.deadlineAt)
                wire.integer(deadline.milliseconds)
            }
            if job.lane != .interactive {
                wire.key(.lane)
                wire.string(job.lane.rawValue)
            }
            wire.key(.kind)
            wire.string(job.kind.rawValue)
            if let user = job.user {
                wire.key(.user)
                wire.string(user.rawValue)
            }
            wire.write(job.task)
        }
    }

    private mutating func write(_ task: Job.Task) {
        switch task {
        case .updateRatings(_, let updates, let refresh):
            key(.updates)
            array(updates) { $0.rating($1.item, $1.rating, $1.version, isDismissed: $1.change == .dismissed) }
            key(.refresh)
            bool(refresh)
        case .removeUser:
            key(.removesUser)
            bool(true)
        case .recommend(let audience, let query):
            switch audience {
            case .user: break
            case .guest(let ratings):
                key(.guest)
                array(ratings) { $0.rating($1.item, $1.rating, nil) }
            case .group(let users):
                key(.group)
                array(users) { $0.string($1.rawValue) }
            }
            write(asking: query)
        case .findSimilarUsers(_, let query):
            key(.findsUsers)
            bool(true)
            write(asking: query)
        }
    }

    private mutating func write(asking query: RecommendationQuery) {
        guard !query.isDefault else { return }
        key(.query)
        write(query)
    }

    private mutating func rating(_ item: ItemID, _ value: Double?, _ version: RatingVersion?, isDismissed: Bool = false) {
        object { wire in
            wire.key(WireKey.Rating.item.rawValue)
            wire.string(item.rawValue)
            if let value {
                wire.key(WireKey.Rating.value.rawValue)
                wire.double(value)
            }
            if let version {
                wire.key(WireKey.Rating.version.rawValue)
                wire.string(version.description)
            }
            if isDismissed {
                wire.key(WireKey.Rating.isDismissed.rawValue)
                wire.bool(true)
            }
        }
    }

    private mutating func key(_ key: WireKey.Job) { self.key(key.rawValue) }
}

extension Job {
    /// The oldest that says what it says.
    fileprivate var formatVersion: Int {
        switch task {
        case .updateRatings(_, let updates, _) where updates.contains(where: { $0.change == .dismissed }):
            JobCoding.dismissalFormatVersion
        case .removeUser: JobCoding.removalFormatVersion
        case .recommend(.group, _), .findSimilarUsers: JobCoding.shapedListFormatVersion
        case .recommend(_, let query) where query.needsLaterForm: JobCoding.shapedListFormatVersion
        case .updateRatings, .recommend: JobCoding.formatVersion
        }
    }
}

extension RecommendationQuery {
    /// Whether the first form cannot say it.
    fileprivate var needsLaterForm: Bool {
        guard algorithm != .trending, count ?? 1 <= 100 else { return true }
        return self
            != RecommendationQuery(
                count: count, algorithm: algorithm, similarity: similarity, neighbours: neighbours, genres: genres)
    }
}
