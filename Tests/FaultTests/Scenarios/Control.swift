extension Scenario {
    /// Without it, nobody could tell a sound Kindred from an audit that sees nothing.
    static let control = Scenario(
        name: "control",
        summary: "the store forgets a profile, a rating and a job behind Kindred's back, and the audit must see it"
    ) { stage in
        let kindred = try Kindred(stage)
        defer { kindred.close() }
        let load = Load(LoadPlan(clientCount: 4, operationCount: 200), on: kindred, seed: stage.seed)
        _ = eventually(within: .seconds(60)) { !load.isRunning }
        var verdict = stage.verdict(of: load, on: kindred)
        verdict.expectNothingLost()
        let pages = load.ledger.content
        let redis = try RedisClient(port: kindred.redis.port)
        let users = Set(pages.operations.map(\.user)).sorted()
        let (first, second) = ("kindred:user:{\(users[0])}:ratings", "kindred:user:{\(users[1])}:ratings")
        let forgotten = Int(try redis.send(["HLEN", first]).text ?? "") ?? 0
        _ = try redis.send(["DEL", first])
        let item = try redis.send(["HKEYS", second]).array.first?.text ?? ""
        _ = try redis.send(["HSET", second, item, "000000000000000100000001" + "0.5"])
        _ = try redis.send(["DEL", "kindred:job:\(pages.jobs[0])"])
        let seen = Audit(kindred: kindred, ledger: pages, patience: .milliseconds(300)).findings(healed: millisecondsNow())
        verdict.add("seen_lost", "\(seen.lost)/\(forgotten + 1)")
        verdict.add("seen_stuck", "\(seen.stuck)/1")
        verdict.expect(forgotten > 0 && seen.lost == forgotten + 1, "the audit sees every rating that is not there or too old")
        verdict.expect(seen.stuck == 1, "the audit sees the job that is not there")
        return verdict
    }
}
