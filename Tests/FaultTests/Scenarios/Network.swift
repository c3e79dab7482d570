// What lies between the processes, and is not what it should be.
extension Scenario {
    static let blackHole = Scenario(
        name: "black-hole", summary: "nothing passes to RabbitMQ any more, both ways or one way, and nobody is told",
        isInShortRun: false
    ) { stage in
        let wires = try Wires(stage)
        let kindred = try Kindred(stage, .init(environment: { role, _ in wires.broker(role) }))
        defer { kindred.close() }
        let load = Load(LoadPlan(rate: 60), on: kindred, seed: stage.seed)
        pause(.seconds(1))
        let began = millisecondsNow()
        let phases: [([ToxicProxy.Direction], Duration)] =
            stage.isShort
            ? [([.up, .down], .seconds(4))] : [([.up, .down], .seconds(60)), ([.up], .seconds(30)), ([.down], .seconds(30))]
        var healed = began
        for (directions, duration) in phases {
            for wire in wires.toBroker { wire.set(Toxics(isBlackHole: true), directions) }
            pause(duration)
            for wire in wires.toBroker { wire.set(Toxics()) }
            healed = millisecondsNow()
            pause(.seconds(stage.isShort ? 2 : 15))
        }
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        let slowest = load.ledger.content.slowestRequest
        verdict.add("slowest_s", slowest.seconds)
        verdict.expectNothingLost()
        verdict.expect(slowest < .seconds(5), "every request is answered within 5 s")
        return verdict
    }

    static let slowPeer = Scenario(
        name: "slow-peer", summary: "RabbitMQ and Redis are reached byte by byte, at 16 KiB/s", isInShortRun: false
    ) { stage in
        let toxics = Toxics(bandwidth: 16384, slice: 1)
        return try disturbed(stage, rate: 4, seconds: stage.isShort ? 4 : 60, by: toxics, patience: 4)
    }

    static let latency = Scenario(
        name: "latency", summary: "RabbitMQ and Redis are 200 to 250 ms away", isInShortRun: false
    ) { stage in
        let toxics = Toxics(latency: .milliseconds(100), jitter: .milliseconds(25))
        return try disturbed(stage, rate: 50, seconds: stage.isShort ? 5 : 60, by: toxics, patience: 16)
    }

    /// Everything must go on, only slower: not one request may fail.
    private static func disturbed(_ stage: Stage, rate: Double, seconds: Double, by toxics: Toxics, patience clients: Int) throws
        -> Verdict
    {
        let wires = try Wires(stage)
        let kindred = try Kindred(stage, .init(environment: { role, _ in wires.broker(role).merging(wires.redis(role)) { $1 } }))
        defer { kindred.close() }
        for wire in wires.all { wire.set(toxics) }
        let load = Load(LoadPlan(clientCount: clients, rate: rate), on: kindred, seed: stage.seed)
        pause(.seconds(seconds))
        _ = load.finish()
        let healed = millisecondsNow()
        // Whether the jobs end is found out before the wires are mended.
        var verdict = stage.verdict(of: load, on: kindred, healed: healed)
        for wire in wires.all { wire.close() }
        let refused = load.ledger.content.requests.count { $0.status != 202 }
        verdict.add("not_202", refused)
        verdict.expectNothingLost()
        verdict.expect(refused == 0, "every request is accepted")
        return verdict
    }
}

/// A proxy between each kind of process and each server.
final class Wires: Sendable {
    let gatewayToBroker: ToxicProxy
    let workerToBroker: ToxicProxy
    let gatewayToRedis: ToxicProxy
    let workerToRedis: ToxicProxy

    init(_ stage: Stage) throws {
        let (broker, redis) = (try stage.broker.get().port, try stage.redis.get().port)
        gatewayToBroker = try ToxicProxy(to: broker)
        workerToBroker = try ToxicProxy(to: broker)
        gatewayToRedis = try ToxicProxy(to: redis)
        workerToRedis = try ToxicProxy(to: redis)
    }

    var toBroker: [ToxicProxy] { [gatewayToBroker, workerToBroker] }
    var all: [ToxicProxy] { toBroker + [gatewayToRedis, workerToRedis] }

    func broker(_ role: Kindred.Role) -> [String: String] {
        ["RABBITMQ_PORT": "\((role == .gateway ? gatewayToBroker : workerToBroker).port)"]
    }

    func redis(_ role: Kindred.Role) -> [String: String] {
        ["REDIS_PORT": "\((role == .gateway ? gatewayToRedis : workerToRedis).port)"]
    }
}
