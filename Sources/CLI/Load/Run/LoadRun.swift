import NIOCore

/// The state of one phase while it runs. Everything of it happens on one event loop.
final class LoadRun {
    let phase: LoadPhase
    let began: NIODeadline
    /// What is due before counts as warming up.
    let measuredFrom: NIODeadline
    /// When the last request is due, or was.
    var end: NIODeadline
    var schedule: ArrivalSchedule
    var figures = LoadFigures()
    private let promise: EventLoopPromise<LoadFigures>
    private let usage = ProcessUsage.cpuSecondsNow

    /// Requests that are not answered yet.
    var outstanding = 0
    var following = 0
    /// Jobs that are measured and have not ended.
    var unended: [LoadJobKind: Int] = [:]
    var isSending = true
    private(set) var isOver = false
    /// Of all requests, warming up included: for the live line.
    var sent = 0
    var answered = 0
    /// Of every job that was accepted, the last.
    var lastJob: FollowedJob?
    var sawEveryJobEnd = true

    init(_ phase: LoadPhase, schedule: ArrivalSchedule, now: NIODeadline, promise: EventLoopPromise<LoadFigures>) {
        self.phase = phase
        self.schedule = schedule
        self.promise = promise
        began = now
        measuredFrom = began + TimeAmount(phase.warmUp)
        end = measuredFrom + TimeAmount(phase.duration)
        if case .open(let rate) = phase.pace { figures.askedRate = rate }
    }

    func counts(_ due: NIODeadline) -> Bool { due >= measuredFrom }

    func record(_ operation: LoadOperation, _ kind: AnswerKind, isGood: Bool, due: NIODeadline, now: NIODeadline) {
        if isGood {
            answered += 1
            if now >= measuredFrom, isSending { figures.answeredInTime += 1 }
        }
        guard counts(due) else { return }
        figures.operations[operation, default: OperationFigures()]
            .record(kind, isGood: isGood, nanoseconds: (now - due).nanoseconds)
    }

    /// Hands over what was measured.
    func finish(openedConnections: Int) {
        guard !isOver else { return }
        isOver = true
        let now = NIODeadline.now()
        figures.seconds = max(0, Double((end - measuredFrom).nanoseconds) / 1e9)
        figures.wallSeconds = Double((now - began).nanoseconds) / 1e9
        figures.cpuSeconds = ProcessUsage.cpuSecondsNow - usage
        figures.openedConnections = openedConnections
        for (kind, count) in unended where count > 0 { figures.jobs[kind, default: JobFigures()].unfinished = count }
        promise.succeed(figures)
    }
}
