import Synchronization

extension Scenario {
    static let resets = Scenario(
        name: "resets",
        summary: "connections end at every byte of a publish, a confirm, a delivery, an ack, and of Redis' commands"
    ) { stage in
        let wires = try Wires(stage)
        let kindred = try Kindred(
            stage, .init(workerCount: 1, environment: { role, _ in wires.broker(role).merging(wires.redis(role)) { $1 } }))
        defer { kindred.close() }
        var series = ResetSeries(kindred, seed: stage.seed)
        series.play(calmly: 3)
        let named: [(String, ToxicProxy)] = [
            ("gateway_rabbitmq", wires.gatewayToBroker), ("worker_rabbitmq", wires.workerToBroker),
            ("gateway_redis", wires.gatewayToRedis), ("worker_redis", wires.workerToRedis),
        ]
        var sizes: [(String, Int)] = []
        for (name, wire) in named {
            for direction in ToxicProxy.Direction.allCases {
                let size = series.byteCount(of: wire, direction)
                sizes.append(("\(name)_\(direction)_bytes", size))
                let step = stage.isShort ? max(1, size / 4) : 1
                for offset in stride(from: 0, through: size, by: step) {
                    series.end(wire, direction, after: offset, by: offset.isMultiple(of: 2) ? .reset : .close)
                }
            }
        }
        let healed = millisecondsNow()
        var verdict = Verdict()
        let pages = series.ledger.content
        verdict.findings = Audit(kindred: kindred, ledger: pages).findings(healed: healed)
        for wire in wires.all { wire.close() }
        verdict.add("ended_connections", series.endedCount)
        verdict.add("slowest_operation_s", series.slowest.seconds)
        for (name, size) in sizes { verdict.add(name, size) }
        verdict.expectNothingLost()
        verdict.expect(series.endedCount > 10, "connections end")
        verdict.expect(series.unfinishedCount == 0, "every job ends once its connections are whole again")
        verdict.expect(
            kindred.gateways.allSatisfy(\.isRunning) && kindred.workers.allSatisfy(\.isRunning), "no process ends")
        return verdict
    }
}

/// Ratings given one at a time, each with one connection ending at one byte.
struct ResetSeries {
    let ledger = Ledger()
    private(set) var endedCount = 0
    private(set) var unfinishedCount = 0
    private(set) var slowest = Duration.zero
    private let kindred: Kindred
    private var client: Client
    private var reader: HTTPClient

    init(_ kindred: Kindred, seed: UInt64) {
        self.kindred = kindred
        client = Client(
            0, LoadPlan(name: "reset"), gateways: kindred.gatewayPorts, items: kindred.items, ledger: ledger, seed: seed)
        reader = HTTPClient(port: kindred.gatewayPorts[0])
    }

    mutating func play(calmly count: Int) {
        for _ in 0..<count {
            client.performNext { false }
            waitForLastJob()
        }
    }

    /// How many bytes one rating, and the job that follows, sends over `wire`.
    mutating func byteCount(of wire: ToxicProxy, _ direction: ToxicProxy.Direction) -> Int {
        let before = wire.byteCount(direction)
        client.performNext { false }
        waitForLastJob()
        pause(.milliseconds(50))
        return min(wire.byteCount(direction) - before, 1500)
    }

    mutating func end(_ wire: ToxicProxy, _ direction: ToxicProxy.Direction, after offset: Int, by ending: Toxics.Ending) {
        let before = wire.limitsReached
        wire.set(Toxics(limit: .init(byteCount: max(1, offset), ending: ending)), [direction])
        let start = ContinuousClock.now
        client.performNext { false }
        _ = eventually(within: .milliseconds(300), every: .milliseconds(5)) { wire.limitsReached > before }
        wire.set(Toxics(), [direction])
        if wire.limitsReached > before { endedCount += 1 }
        waitForLastJob()
        slowest = max(slowest, .now - start)
    }

    private mutating func waitForLastJob() {
        guard let job = ledger.lastJob else { return }
        var reader = reader
        let hasEnded = eventually(within: .seconds(15), every: .milliseconds(5)) {
            guard let answer = try? reader.send("GET", "/v1/jobs/\(job)"), answer.status == 200 else { return false }
            return Audit.JobState(answer).hasEnded
        }
        self.reader = reader
        if !hasEnded { unfinishedCount += 1 }
    }
}
