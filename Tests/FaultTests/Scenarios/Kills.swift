// Processes that end without any warning.
extension Scenario {
    static let workerKill = Scenario(
        name: "worker-kill", summary: "one of three workers is killed every 2 s during 10,000 rating updates"
    ) { stage in
        let kindred = try Kindred(stage, .init(workerCount: 3))
        defer { kindred.close() }
        let load = Load(
            LoadPlan(operationCount: stage.isShort ? 1500 : 10_000, rate: stage.isShort ? 250 : 200), on: kindred,
            seed: stage.seed)
        var generator = SeededGenerator(seed: stage.seed)
        var kills = 0
        while load.isRunning {
            _ = eventually(within: .seconds(2)) { !load.isRunning }
            try kindred.restartWorker(Int.random(in: 0..<3, using: &generator))
            kills += 1
        }
        var verdict = stage.verdict(of: load, on: kindred)
        verdict.add("kills", kills)
        verdict.expectNothingLost()
        return verdict
    }

    static let gatewayKill = Scenario(
        name: "gateway-kill", summary: "one of two gateways is killed every 2 s; clients repeat with the same Idempotency-Key"
    ) { stage in
        let kindred = try Kindred(stage, .init(gatewayCount: 2))
        defer { kindred.close() }
        let load = Load(
            LoadPlan(operationCount: stage.isShort ? 1200 : 6000, rate: 200), on: kindred, seed: stage.seed)
        var generator = SeededGenerator(seed: stage.seed)
        var kills = 0
        while load.isRunning {
            _ = eventually(within: .seconds(2)) { !load.isRunning }
            try kindred.restartGateway(Int.random(in: 0..<2, using: &generator))
            kills += 1
        }
        let healed = millisecondsNow()
        try kindred.waitUntilReady()
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        verdict.add("kills", kills)
        verdict.expectNothingLost()
        return verdict
    }

    static let brokerKill = Scenario(
        name: "broker-kill", summary: "RabbitMQ is killed five times under load"
    ) { stage in
        let kindred = try Kindred(stage)
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 250), on: kindred, seed: stage.seed)
        kindred.waitUntilQueuesAreSafe()
        let kills = stage.isShort ? 1 : 5
        var healed = millisecondsNow()
        for _ in 0..<kills {
            try kindred.broker.restart()
            healed = millisecondsNow()
            try kindred.broker.waitUntilReady()
            pause(.seconds(stage.isShort ? 2 : 8))
        }
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        verdict.add("kills", kills)
        verdict.expectNothingLost()
        verdict.expect(load.ledger.content.longestOutage < 30, "clients are served again within 30 s")
        return verdict
    }

    static let redisKill = Scenario(
        name: "redis-kill", summary: "Redis is killed five times under load"
    ) { stage in
        let kindred = try Kindred(stage)
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 250, recommendationShare: 0.1), on: kindred, seed: stage.seed)
        pause(.seconds(1))
        let kills = stage.isShort ? 2 : 5
        var healed = millisecondsNow()
        for _ in 0..<kills {
            kindred.redis.kill()
            pause(.seconds(stage.isShort ? 0.5 : 3))
            healed = millisecondsNow()
            try kindred.redis.restart()
            try kindred.redis.waitUntilReady()
            pause(.seconds(stage.isShort ? 1.5 : 5))
        }
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        verdict.add("kills", kills)
        verdict.expectNothingLost()
        return verdict
    }

    static let redisAway = Scenario(
        name: "redis-away", summary: "Redis is away for 5 minutes; ratings are taken all the same", isInShortRun: false
    ) { stage in
        let kindred = try Kindred(stage)
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: stage.isShort ? 100 : 50), on: kindred, seed: stage.seed)
        pause(.seconds(1))
        kindred.redis.kill()
        let left = millisecondsNow()
        pause(.seconds(stage.isShort ? 6 : 300))
        let healed = millisecondsNow()
        try kindred.redis.restart()
        try kindred.redis.waitUntilReady()
        pause(.seconds(1))
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        // From a second after it left, when everybody knows.
        let requests = load.ledger.content.requests.filter { (left + 1000..<healed).contains($0.ended) }
        let accepted = requests.count { $0.status == 202 }
        verdict.add("away_requests", requests.count)
        verdict.add("away_202", accepted)
        verdict.add("away_slowest_ms", requests.map(\.duration).max()?.milliseconds ?? 0)
        verdict.expectNothingLost()
        verdict.expect(accepted > 0 && accepted == requests.count, "every rating is accepted while Redis is away")
        return verdict
    }
}
