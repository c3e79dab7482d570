import DequeModule
import Jobs
import Messaging
import Recommenders

/// The jobs that a worker holds, and which of them are next.
///
/// Lanes take turns by weight; within a lane users take turns in the order in which they came. All that a user waits for is taken
/// together, so whoever sends a flood gets a turn like everybody else, and none while the last one lasts.
///
/// What was delivered more than twice is suspected of having ended the workers that had it. It runs alone, after what is above
/// suspicion, the one with the fewest starts first: a job that kills takes no other along to the delivery limit.
struct JobBoard {
    private struct Lane {
        var keys = Deque<Work.Key>()
        /// Of the smooth weighted round robin.
        var credit = 0
    }

    private struct Waiting {
        var jobs: [HeldJob]
        var lane: WorkLane
    }

    /// How long a suspect lets others pass.
    static let patience = Duration.seconds(1)
    /// How long a suspect waits for others that come with it. If it started at once, a job that kills would do so each time before those
    /// delivered behind it are known, and take them along to the delivery limit.
    static let settling = Duration.milliseconds(50)

    private let weights: LaneWeights
    private var lanes = [Lane](repeating: Lane(), count: WorkLane.allCases.count)
    private var waiting: [Work.Key: Waiting] = [:]
    private var running: Set<Work.Key> = []
    /// Fewest starts first.
    private var suspects: [HeldJob] = []

    init(weights: LaneWeights = LaneWeights()) {
        self.weights = weights
    }

    /// Whether nothing waits and nothing runs.
    var isEmpty: Bool { waiting.isEmpty && suspects.isEmpty && running.isEmpty }

    /// How many jobs wait.
    var count: Int { waiting.values.reduce(suspects.count) { $0 + $1.jobs.count } }

    mutating func add(_ held: HeldJob) {
        let key = Work.Key(of: held)
        if case .alone = key { return addSuspect(held) }
        let lane = WorkLane(of: held.delivery)
        if var known = waiting[key] {
            known.jobs.append(held)
            let isMoreUrgent = lane.rawValue < known.lane.rawValue
            // Where it stood before it is passed over.
            if isMoreUrgent { known.lane = lane }
            waiting[key] = known
            if isMoreUrgent, !running.contains(key) { lanes[lane.rawValue].keys.append(key) }
        } else {
            waiting[key] = Waiting(jobs: [held], lane: lane)
            if !running.contains(key) { lanes[lane.rawValue].keys.append(key) }
        }
    }

    /// What to start now; nil when nothing may start before something ends or comes.
    mutating func next(at now: ContinuousClock.Instant = .now) -> Work? {
        if case .alone = running.first { return nil }
        if let first = suspects.first {
            let age = now - first.readyAt
            let isDue = age >= Self.patience
            if running.isEmpty, isDue || (waiting.isEmpty && age >= Self.settling) {
                suspects.removeFirst()
                return start(Work(key: .alone(first.job.id), jobs: [first]))
            }
            if isDue { return nil }  // what runs ends first
        }
        guard let key = nextKey(), let jobs = waiting[key]?.jobs else { return nil }
        let (taken, left) = Self.together(jobs)
        if left.isEmpty { waiting[key] = nil } else { waiting[key] = Waiting(jobs: left, lane: Self.mostUrgent(left)) }
        return start(Work(key: key, jobs: taken))
    }

    /// `work` has ended, one way or the other.
    mutating func end(_ work: Work) {
        running.remove(work.key)
        if let lane = waiting[work.key]?.lane { lanes[lane.rawValue].keys.append(work.key) }
    }

    private mutating func start(_ work: Work) -> Work {
        running.insert(work.key)
        return work
    }

    private mutating func addSuspect(_ held: HeldJob) {
        // A connection that was lost gives its deliveries again; what settles the first of them settles nothing any more.
        if let known = suspects.firstIndex(where: { $0.job.id == held.job.id }) { suspects.remove(at: known) }
        let place = suspects.firstIndex { $0.starts > held.starts } ?? suspects.endIndex
        suspects.insert(held, at: place)
    }

    /// Smooth weighted round robin over the lanes that have work: the one with the most credit, which pays for all.
    private mutating func nextKey() -> Work.Key? {
        var best: WorkLane?
        var total = 0
        for lane in WorkLane.allCases where dropStale(lane) {
            total += weights[lane]
            lanes[lane.rawValue].credit += weights[lane]
            if best.map({ lanes[lane.rawValue].credit > lanes[$0.rawValue].credit }) ?? true { best = lane }
        }
        guard let best else { return nil }
        lanes[best.rawValue].credit -= total
        return lanes[best.rawValue].keys.popFirst()
    }

    /// Passes over keys that run, have been taken or moved to another lane.
    ///
    /// - Returns: whether the lane has work.
    private mutating func dropStale(_ lane: WorkLane) -> Bool {
        while let key = lanes[lane.rawValue].keys.first {
            if waiting[key]?.lane == lane, !running.contains(key) { return true }
            lanes[lane.rawValue].keys.removeFirst()
        }
        lanes[lane.rawValue].credit = 0
        return false
    }

    /// All rating updates, and of the recommendations those that ask for the same as the first.
    private static func together(_ jobs: [HeldJob]) -> (taken: [HeldJob], left: [HeldJob]) {
        let query = jobs.lazy.compactMap(\.job.query).first
        var taken: [HeldJob] = []
        var left: [HeldJob] = []
        for held in jobs {
            if held.delivery.death != nil || held.job.query == nil || held.job.query == query {
                taken.append(held)
            } else {
                left.append(held)
            }
        }
        return (taken, left)
    }

    private static func mostUrgent(_ jobs: [HeldJob]) -> WorkLane {
        jobs.map { WorkLane(of: $0.delivery) }.min { $0.rawValue < $1.rawValue } ?? .batch
    }
}

extension Job {
    /// What a recommendation asks for.
    fileprivate var query: RecommendationQuery? {
        if case .recommend(_, let query) = task { query } else { nil }
    }
}
