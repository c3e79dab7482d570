import Glibc

extension Scenario {
    static let monkey = Scenario(
        name: "monkey", summary: "workers, gateways, RabbitMQ and Redis are killed and stopped at random", isInShortRun: false
    ) { stage in
        let kindred = try Kindred(stage, .init(gatewayCount: 2, workerCount: 3))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 120, recommendationShare: 0.1), on: kindred, seed: stage.seed)
        kindred.waitUntilQueuesAreSafe()
        var generator = SeededGenerator(seed: stage.seed)
        let end = ContinuousClock.now + .seconds(stage.isShort ? 10 : stage.minutes * 60)
        var counts: [String: Int] = [:]
        var redisOutages: [ClosedRange<Int64>] = []
        while .now < end {
            let prank = Prank.allCases.randomElement(using: &generator) ?? .killWorker
            counts[prank.rawValue, default: 0] += 1
            let began = millisecondsNow()
            try prank.play(on: kindred, &generator, isShort: stage.isShort)
            // Gateways need a moment to find Redis again.
            if prank == .killRedis || prank == .stopRedis { redisOutages.append(began...millisecondsNow() + 2000) }
            pause(.seconds(Double.random(in: 0.2...4, using: &generator)))
        }
        let healed = millisecondsNow()
        try kindred.broker.waitUntilReady()
        try kindred.redis.waitUntilReady()
        try kindred.waitUntilReady()
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { verdict.add(name, count) }
        verdict.expectNothingLost(unclaimed: redisOutages)
        return verdict
    }
}

private enum Prank: String, CaseIterable {
    case killWorker
    case killGateway
    case killRedis
    case killBroker
    case stopWorker
    case stopGateway
    case stopRedis
    case stopBroker

    func play(on kindred: Kindred, _ generator: inout SeededGenerator, isShort: Bool) throws {
        let worker = Int.random(in: 0..<kindred.workers.count, using: &generator)
        let gateway = Int.random(in: 0..<kindred.gateways.count, using: &generator)
        let time = Duration.seconds(Double.random(in: 0.1...(isShort ? 1.5 : 8), using: &generator))
        switch self {
        case .killWorker: try kindred.restartWorker(worker)
        case .killGateway: try kindred.restartGateway(gateway)
        case .killRedis:
            kindred.redis.kill()
            pause(time)
            try kindred.redis.restart()
        case .killBroker: try kindred.broker.restart()
        case .stopWorker: stop(kindred.workers[worker], for: time)
        case .stopGateway: stop(kindred.gateways[gateway], for: time)
        case .stopRedis: stop(kindred.redis.process, for: time)
        case .stopBroker: stop(kindred.broker.process, for: time)
        }
    }

    private func stop(_ process: ServerProcess, for time: Duration) {
        process.send(SIGSTOP)
        pause(time)
        process.send(SIGCONT)
    }
}
