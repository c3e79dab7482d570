import Glibc
import Synchronization

// Jobs that nobody can do, and workers that leave.
extension Scenario {
    static let poison = Scenario(
        name: "poison", summary: "messages that are no jobs, and a job that kills each worker that takes it"
    ) { stage in
        let redis = try stage.redis.get()
        let wires = try (0..<2).map { _ in try ToxicProxy(to: redis.port) }
        let kindred = try Kindred(
            stage,
            .init(environment: { role, number in role == .worker ? ["REDIS_PORT": "\(wires[number].port)"] : [:] }))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 50), on: kindred, seed: stage.seed)
        for payload in ["", "not JSON", "{\"v\": 1}"] {
            try kindred.broker.publish(payload, toExchange: kindred.prefix + "ratings")
        }
        // Of the two workers it is the one behind the wire that is asked for the poisoned profile.
        let deliveries = Mutex(0)
        let victims = Mutex(kindred.workers)
        for (number, wire) in wires.enumerated() {
            wire.trip(on: "{poison}") {
                deliveries.withLock { $0 += 1 }
                victims.withLock { $0[number].send(SIGKILL) }
            }
        }
        let poisonous = Ledger()
        var client = Client(
            0, LoadPlan(), gateways: kindred.gatewayPorts, items: kindred.items, ledger: poisonous,
            seed: stage.seed)
        client.perform(.rating(item: kindred.items[0], value: 5), of: "poison")
        let limit = 20
        var dead = 0
        let began = ContinuousClock.now
        while dead < 4, .now - began < .seconds(60) {
            for number in 0..<2 where !kindred.workers[number].isRunning {
                try kindred.restartWorker(number)
                let workers = kindred.workers
                victims.withLock { $0 = workers }
            }
            if deliveries.withLock({ $0 }) > limit { dead = try kindred.counts().dead }
            pause(.milliseconds(5))
        }
        try kindred.mend()
        let job = poisonous.lastJob ?? ""
        let healed = millisecondsNow()
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        let status = Audit.states(of: [job], port: kindred.gatewayPorts[0]).first??.status ?? "unknown"
        let count = deliveries.withLock { $0 }
        for wire in wires { wire.close() }
        verdict.add("deliveries", count)
        verdict.add("poisoned_job", status)
        verdict.expectNothingLost(dead: 4)
        verdict.expect(count == limit + 1, "the poisoned job is delivered \(limit + 1) times")
        verdict.expect(status == "failed", "the poisoned job is said to have failed")
        return verdict
    }

    static let drain = Scenario(
        name: "drain", summary: "every worker is told to leave (SIGTERM) under load and replaced, one after another"
    ) { stage in
        let broker = try stage.broker.get()
        let wires = try (0..<3).map { _ in try ToxicProxy(to: broker.port) }
        for wire in wires { wire.startRecording() }
        let kindred = try Kindred(
            stage,
            .init(
                workerCount: 3,
                // The log would bring every job once more over the same wire.
                environment: { role, number in
                    role == .worker ? ["RABBITMQ_PORT": "\(wires[number].port)", "WORKER_LIVE": "false"] : [:]
                }))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 200), on: kindred, seed: stage.seed)
        var slowest = Duration.zero
        var codes: [Int32?] = []
        for _ in 0..<(stage.isShort ? 1 : 5) {
            for number in 0..<3 {
                pause(.milliseconds(400))
                let worker = kindred.workers[number]
                worker.send(SIGTERM)
                slowest = max(slowest, worker.waitUntilEnded(within: .seconds(20)) ?? .seconds(99))
                codes.append(worker.exitCode)
                try kindred.restartWorker(number)
            }
        }
        var verdict = stage.verdict(of: load, on: kindred)
        verdict.add("exits", codes.count)
        verdict.add("slowest_exit_s", slowest.seconds)
        // What a worker was sent, and not `redelivered`: when a consumer is cancelled, a quorum queue takes back what has not left the
        // broker yet, and counts it as an attempt (rabbitmq-server issue 3729).
        let sent = wires.map { Self.timesSent($0.record) }.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        for wire in wires { wire.close() }
        let twice = sent.values.count { $0 > 1 }
        verdict.add("counted_again_by_the_broker", verdict.findings.redelivered)
        verdict.add("sent_twice", twice)
        verdict.expectNothingLost()
        verdict.expect(sent.count >= verdict.findings.acknowledged, "every job is seen on its way to a worker")
        verdict.expect(twice == 0, "no job is sent to a worker twice")
        verdict.expect(slowest < .seconds(10) && codes.allSatisfy { $0 == 0 }, "workers leave within 10 s, with exit code 0")
        return verdict
    }

    /// How often each job stands in what the broker sent.
    private static func timesSent(_ record: [UInt8]) -> [String: Int] {
        var times: [String: Int] = [:]
        var rest = record[...]
        let marker = "\"id\":\"".bytes
        while let range = rest.firstRange(of: marker) {
            rest = rest[range.upperBound...]
            times[String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self), default: 0] += 1
        }
        return times
    }

    static let clockJump = Scenario(
        name: "clock-jump", summary: "the clock of one of two gateways jumps an hour ahead, then an hour back",
        isInShortRun: false,
        needs: { FileText.exists(FakeClock.library) ? nil : "libfaketime is not installed" }
    ) { stage in
        let clock = try FakeClock(file: stage.folder + "/clock")
        let kindred = try Kindred(
            stage,
            .init(gatewayCount: 2, environment: { role, number in role == .gateway && number == 1 ? clock.environment : [:] }))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 100, alternatesGateways: true), on: kindred, seed: stage.seed)
        for hours in [0, 1, -1, 0] {
            try clock.set(secondsAhead: 3600 * hours)
            pause(.seconds(stage.isShort ? 1 : 5))
        }
        var verdict = stage.verdict(of: load, on: kindred)
        verdict.add("inverted", verdict.findings.inverted)
        // Gateways keep their clocks together once a second; within that second an earlier rating may outlive a later one.
        verdict.expectNothingLost(inverted: .max)
        return verdict
    }
}

/// A clock that goes wrong for one process, by libfaketime.
struct FakeClock: Sendable {
    static let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
    private let file: String

    init(file: String) throws {
        self.file = file
        try set(secondsAhead: 0)
    }

    func set(secondsAhead: Int) throws {
        try FileText.write("\(secondsAhead < 0 ? "" : "+")\(secondsAhead)\n", to: file)
    }

    /// Only the time of day is wrong; what measures durations stays right, as after a correction by hand.
    var environment: [String: String] {
        [
            "LD_PRELOAD": Self.library, "FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1",
        ]
    }
}
