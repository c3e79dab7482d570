/// One kind of harm, and what must hold all the same.
struct Scenario: Sendable {
    let name: String
    /// What happens, in one line.
    let summary: String
    /// Whether a short run includes it.
    var isInShortRun = true
    /// Why this machine cannot play it; nil when it can.
    var needs: @Sendable () -> String? = { nil }
    let run: @Sendable (Stage) throws -> Verdict

    static let all: [Scenario] =
        [
            control, workerKill, gatewayKill, brokerKill, redisKill, redisAway, brokerStop, memoryAlarm, queueFull, resets,
            blackHole,
            slowPeer, latency, poison, drain, clockJump, redisDiskFull, brokerDiskFull, monkey,
        ]
}

extension Stage {
    /// Waits for the clients, then compares what they were told with what is there.
    func verdict(of load: Load, on kindred: Kindred, healed: Int64 = millisecondsNow()) -> Verdict {
        var verdict = Verdict()
        let isDone = load.finish()
        let pages = load.ledger.content
        verdict.findings = Audit(kindred: kindred, ledger: pages).findings(healed: healed)
        verdict.expect(isDone, "every client gets its last answer")
        verdict.add("outage_s", pages.longestOutage)
        return verdict
    }
}
