import Foundation
import Glibc

// A broker that is there and does not take what it is given.
extension Scenario {
    static let brokerStop = Scenario(
        name: "broker-stop", summary: "RabbitMQ is stopped (SIGSTOP) under load: it is there, and silent", isInShortRun: false
    ) { stage in
        let kindred = try Kindred(stage)
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 100), on: kindred, seed: stage.seed)
        pause(.seconds(1))
        kindred.broker.process.send(SIGSTOP)
        let stopped = millisecondsNow()
        var client = HTTPClient(port: kindred.gatewayPorts[0])
        var failedReads = 0
        _ = eventually(within: .seconds(stage.isShort ? 6 : 20), every: .milliseconds(100)) {
            for path in ["/v1/items?pageSize=1", "/v1/users/fault-0-0/ratings"] {
                if (try? client.send("GET", path))?.status != 200 { failedReads += 1 }
            }
            return false
        }
        let healed = millisecondsNow()
        kindred.broker.process.send(SIGCONT)
        pause(.seconds(2))
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        let requests = load.ledger.content.requests.filter { (stopped..<healed).contains($0.began) }
        let slowest = requests.map(\.duration).max() ?? .zero
        verdict.add("slowest_s", slowest.seconds)
        verdict.add("stopped_503", requests.count { $0.status == 503 })
        verdict.add("failed_reads", failedReads)
        verdict.expectNothingLost()
        verdict.expect(slowest < .seconds(5), "every request is answered within 5 s")
        verdict.expect(requests.allSatisfy { $0.status != 0 }, "every request is answered")
        verdict.expect(failedReads == 0, "reads go on")
        return verdict
    }

    static let memoryAlarm = Scenario(
        name: "memory-alarm", summary: "RabbitMQ has no memory left and takes nothing more", isInShortRun: false
    ) { stage in
        let kindred = try Kindred(stage)
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 100), on: kindred, seed: stage.seed)
        pause(.seconds(1))
        try kindred.broker.control(["set_vm_memory_high_watermark", "absolute", "20MiB"])
        let raised = kindred.broker.moment(of: "memory resource limit alarm set")
        pause(.seconds(stage.isShort ? 1 : 10))
        let healed = millisecondsNow()
        try kindred.broker.control(["set_vm_memory_high_watermark", "absolute", "1GiB"])
        pause(.seconds(1))
        let cleared = kindred.broker.moment(of: "memory resource limit alarm cleared") ?? healed
        var verdict = stage.verdict(of: load, on: kindred, healed: cleared)
        let pages = load.ledger.content
        guard let raised else {
            verdict.expect(false, "the broker raises its alarm")
            return verdict
        }
        let refused = pages.refusals(503).map(\.ended).filter { $0 >= raised - 5 }.min()
        let delay = refused.map { Double($0 - raised) / 1000 } ?? 999
        let late = pages.requests.count { $0.status == 202 && (raised + 1000..<cleared).contains($0.ended) }
        verdict.add("first_503_s", "\(delay)")
        verdict.add("late_202", late)
        verdict.expectNothingLost()
        verdict.expect(delay <= 1, "the first 503 comes within a second of the alarm")
        verdict.expect(late == 0, "nothing is acknowledged during the alarm")
        verdict.expect(pages.refusals(503).allSatisfy(\.hasRetryAfter), "every 503 says when to try again")
        return verdict
    }

    static let queueFull = Scenario(
        name: "queue-full", summary: "no worker runs and the queue has 200 places for 600 ratings, each sent once"
    ) { stage in
        let maximum = 200
        let kindred = try Kindred(
            stage,
            .init(
                workerCount: 1,
                environment: { _, _ in ["RABBITMQ_MAXIMUM_RATING_JOBS": "\(maximum)", "RABBITMQ_JOBS_PER_MESSAGE": "1"] }))
        defer { kindred.close() }
        kindred.workers[0].kill()
        let load = Load(LoadPlan(operationCount: 600, patience: .zero), on: kindred, seed: stage.seed)
        _ = eventually(within: .seconds(60)) { !load.isRunning }
        let healed = millisecondsNow()
        try kindred.mend()
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        let pages = load.ledger.content
        let refused = pages.refusals(503)
        verdict.add("refused", refused.count)
        verdict.add("overshoot", verdict.findings.acknowledged - maximum)
        verdict.expectNothingLost()
        verdict.expect(refused.count + verdict.findings.acknowledged == 600, "everything is answered by 202 or 503")
        verdict.expect(refused.count > 300, "a full queue refuses")
        verdict.expect(refused.allSatisfy(\.hasRetryAfter), "every 503 says when to try again")
        verdict.expect(verdict.findings.recovered == 0, "nothing that was refused takes effect")
        return verdict
    }
}

extension RabbitMQServer {
    /// When the broker last wrote a line with `text`, in ms since 1970.
    func moment(of text: String) -> Int64? {
        var line: Substring?
        guard
            eventually(
                within: .seconds(5),
                {
                    line = process.log.split(separator: "\n").last { $0.contains(text) }; return line != nil
                }),
            let line
        else { return nil }
        // 2026-01-31 12:00:00.123456+00:00 [warning] …
        let parts = line.split(separator: " ")
        guard parts.count > 2, let dot = parts[1].firstIndex(of: ".") else { return nil }
        let fraction = parts[1][dot...].dropFirst().prefix(3)
        guard let second = try? Date("\(parts[0])T\(parts[1][..<dot])Z", strategy: .iso8601), let rest = Int64(fraction) else {
            return nil
        }
        return Int64(second.timeIntervalSince1970) * 1000 + rest
    }
}
