import Jobs
import Recommenders
import ServiceRuntime

/// The records of the jobs that are carried out together, from their start to their end.
struct JobLedger {
    private var records: [JobRecord]
    private let tasks: [Job.Task]
    /// How jobs ended without us.
    private var endedElsewhere: [JobID: JobStatus] = [:]
    /// nil for guests and groups.
    let user: UserID?

    /// What was not started in time is not started.
    init(_ jobs: [HeldJob], at moment: Timestamp) {
        tasks = jobs.map(\.job.task)
        user = jobs.first?.job.user
        records = jobs.map { held in
            var record = JobRecord(of: held.job)
            record.attempt = held.attempt
            if let deadline = record.deadlineAt, moment > deadline {
                record.status = .expired
                record.attempt -= 1
            } else {
                record.status = .running
                record.startedAt = moment
            }
            return record
        }
    }

    /// Those that are to be carried out.
    var openRecords: [JobRecord] { records.filter { $0.status == .running && endedElsewhere[$0.id] == nil } }

    var hasOpenJobs: Bool { !openRecords.isEmpty }

    /// The list that a user gets who does not say otherwise, and the one that was asked for.
    var wantedLists: (usual: Bool, asked: RecommendationQuery?) {
        var usual = false
        var asked: RecommendationQuery?
        for record in openRecords {
            switch record.request {
            case .ratings(_, _, let refresh): usual = usual || refresh
            case .recommendations(let query): asked = query
            case .similarUsers: break
            }
        }
        return (usual, asked)
    }

    /// Takes out those whose records say that they have ended.
    mutating func drop(_ announced: [JobRecord], foundAs statuses: [JobStatus?]) {
        for (record, status) in zip(announced, statuses) where record.kind == .recommendations {
            if let status, status.isEnd { endedElsewhere[record.id] = status }
        }
    }

    mutating func cancelAll() {
        for place in records.indices where records[place].status == .running { records[place].status = .cancelled }
    }

    mutating func succeed(with live: LiveProfile, asked list: StoredList?) {
        for (place, task) in tasks.enumerated() where records[place].status == .running {
            switch task {
            case .updateRatings(_, let updates, let refresh):
                let applied = updates.count { live.updates[$0.item] == $0 }
                records[place].result = .ratings(applied: applied, refreshed: refresh)
            case .removeUser:
                records[place].result = .ratings(applied: 0, refreshed: false)
            case .recommend:
                guard let list else { continue }
                records[place].result = .recommendations(list)
            case .findSimilarUsers: continue
            }
            records[place].status = .succeeded
        }
    }

    mutating func succeed(finding users: [SimilarUser]) {
        for place in records.indices where records[place].status == .running {
            records[place].result = .similarUsers(users)
            records[place].status = .succeeded
        }
    }

    /// The records as they end, but for those that had ended before.
    mutating func finish(at moment: Timestamp) -> [JobRecord] {
        for place in records.indices { records[place].finishedAt = moment }
        return records.filter { endedElsewhere[$0.id] == nil }
    }

    /// How every job ended, in the order of the jobs.
    func outcomes(of written: [JobRecord], foundAs statuses: [JobStatus?]) -> [JobStatus] {
        var outcomes = endedElsewhere
        for (record, status) in zip(written, statuses) { outcomes[record.id] = status ?? record.status }
        return records.map { outcomes[$0.id] ?? $0.status }
    }
}

extension Work {
    /// What a guest said of itself.
    var guestProfile: LiveProfile {
        guard case .recommend(.guest(let ratings), _)? = jobs.first?.job.task else { return LiveProfile() }
        let version = RatingVersion(clock: 0, origin: 0)
        return LiveProfile(ratings.map { RatingUpdate(item: $0.item, rating: $0.rating, version: version) })
    }

    /// Who wants a list together; nil where that is not what is wanted.
    var group: [UserID]? {
        if case .recommend(.group(let users), _)? = jobs.first?.job.task { users } else { nil }
    }
}
