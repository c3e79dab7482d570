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
            if case .guest(let ratings) = audience {
                key(.guest)
                array(ratings) { $0.rating($1.item, $1.rating, nil) }
            }
            guard !query.isDefault else { return }
            key(.query)
            write(query)
        }
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

    private mutating func write(_ query: RecommendationQuery) {
        object { wire in
            if let count = query.count {
                wire.key(WireKey.Query.count.rawValue)
                wire.integer(count)
            }
            if let algorithm = query.algorithm {
                wire.key(WireKey.Query.algorithm.rawValue)
                wire.string(algorithm.rawValue)
            }
            if let similarity = query.similarity {
                wire.key(WireKey.Query.similarity.rawValue)
                wire.string(similarity.rawValue)
            }
            if let neighbours = query.neighbours {
                wire.key(WireKey.Query.neighbours.rawValue)
                wire.integer(neighbours)
            }
            if let genres = query.genres {
                wire.key(WireKey.Query.genres.rawValue)
                wire.array(genres) { $0.string($1) }
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
        case .updateRatings, .recommend: JobCoding.formatVersion
        }
    }
}
