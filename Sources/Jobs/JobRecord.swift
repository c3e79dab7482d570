package import Recommenders
package import ServiceRuntime

/// The state of one job, as pollers read it.
package struct JobRecord: Hashable, Sendable, Codable {
    package var id: JobID
    package var kind: JobKind
    package var status: JobStatus
    /// How many times it was started.
    package var attempt: Int
    /// nil for guests and groups.
    package var user: UserID?
    package var createdAt: Timestamp
    package var startedAt: Timestamp?
    package var finishedAt: Timestamp?
    /// Not started by then, it expires; nil for jobs that are never given up (ratings).
    package var deadlineAt: Timestamp?
    package var lane: JobLane
    package var request: Request
    package var result: Result?
    package var failure: Failure?

    /// What was asked for, in brief.
    package enum Request: Hashable, Sendable, Codable {
        /// `count` updates; `version` is the newest of them.
        case ratings(count: Int, version: RatingVersion, refresh: Bool)
        case recommendations(RecommendationQuery)
        case similarUsers(RecommendationQuery)
    }

    package enum Result: Hashable, Sendable, Codable {
        /// How many of the updates were newer than what was known. The list itself is the user's stored list, which has seen
        /// `version` or a newer one, unless `refreshed` is false.
        case ratings(applied: Int, refreshed: Bool)
        case recommendations(StoredList)
        case similarUsers([SimilarUser])
    }

    /// Why it failed, with a code of the API's catalogue of problems.
    package struct Failure: Hashable, Sendable, Codable {
        package var code: String
        package var detail: String

        package init(code: String, detail: String) {
            self.code = code
            self.detail = detail
        }
    }

    /// The record of `job` as it is queued.
    package init(of job: Job) {
        self.init(
            id: job.id, kind: job.kind, user: job.user, createdAt: job.createdAt, deadlineAt: job.deadlineAt,
            lane: job.lane, request: Request(of: job.task))
    }

    package init(
        id: JobID, kind: JobKind, status: JobStatus = .queued, attempt: Int = 0, user: UserID?, createdAt: Timestamp,
        deadlineAt: Timestamp? = nil, lane: JobLane = .interactive, request: Request
    ) {
        self.id = id
        self.kind = kind
        self.status = status
        self.attempt = attempt
        self.user = user
        self.createdAt = createdAt
        self.deadlineAt = deadlineAt
        self.lane = lane
        self.request = request
    }

    /// Whether it is for a group of users. Its list names what they rated.
    package var isForGroup: Bool {
        if case .recommendations(let query) = request { query.aggregation != nil } else { false }
    }

    /// How long it is kept after its last change: an hour once the job has ended. A rating may wait in its queue for long, and whoever
    /// was promised it can look.
    package var lifetime: Duration { status.isEnd ? Self.listLifetime : .seconds(7 * 24 * 3600) }

    /// How long a list can be read from the record of its job.
    package static let listLifetime = Duration.seconds(3600)

    /// Where it stands on the way forward: a record replaces another only if its rank is higher.
    ///
    /// Queued is 0; the n-th start is 2n - 1, the wait after it 2n; every end is 99, so the first end wins.
    package var rank: Int {
        switch status {
        case .queued: 0
        case .running: min(2 * max(attempt, 1) - 1, 97)
        case .retrying: min(2 * max(attempt, 1), 98)
        case .succeeded, .failed, .cancelled, .expired: 99
        }
    }
}

extension JobRecord.Request {
    init(of task: Job.Task) {
        switch task {
        case .updateRatings(_, let updates, let refresh):
            let newest = updates.map(\.version).max() ?? RatingVersion(clock: 0, origin: 0)
            self = .ratings(count: updates.count, version: newest, refresh: refresh)
        case .removeUser:
            self = .ratings(count: 0, version: RatingVersion(clock: 0, origin: 0), refresh: false)
        case .recommend(_, let query):
            self = .recommendations(query)
        case .findSimilarUsers(_, let query):
            self = .similarUsers(query)
        }
    }
}
