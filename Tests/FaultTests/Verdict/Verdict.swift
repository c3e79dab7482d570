/// What a scenario found, and whether that is what was promised.
struct Verdict {
    var findings = Findings()
    /// What only this scenario counts.
    private(set) var extras: [(name: String, value: String)] = []
    private(set) var failures: [String] = []

    mutating func add(_ name: String, _ value: some CustomStringConvertible) { extras.append((name, "\(value)")) }

    mutating func add(_ name: String, _ value: Double) { extras.append((name, value.shown)) }

    mutating func expect(_ isTrue: Bool, _ sentence: String) {
        if !isTrue { failures.append(sentence) }
    }

    /// What holds whatever happens.
    ///
    /// - Parameter unclaimed: when Redis was away, in ms since 1970. Whether a rating came before cannot be known then, and it is taken.
    mutating func expectNothingLost(dead: Int = 0, inverted: Int = 0, unclaimed: [ClosedRange<Int64>] = []) {
        expect(findings.acknowledged > 0, "something is acknowledged")
        expect(findings.lost == 0, "nothing acknowledged is lost")
        expect(
            findings.inverted <= inverted, "of two acknowledged ratings the later holds, \(findings.inverted) times it does not")
        expect(
            findings.duplicates.allSatisfy { time in unclaimed.contains { $0.overlaps(time) } },
            "no operation is carried out twice as two jobs")
        expect(findings.unexpected == 0, "nothing unexpected happens")
        expect(findings.stuck == 0, "every acknowledged job ends or expires")
        expect(findings.dead == dead, "\(dead) dead letters, not \(findings.dead)")
    }

    func line(_ scenario: String, seed: UInt64) -> String {
        var fields: [(String, String)] = [
            ("attempts", "\(findings.attempts)"), ("acked", "\(findings.acknowledged)"), ("lost", "\(findings.lost)"),
            ("duplicated", "\(findings.duplicated)"), ("recovered", "\(findings.recovered)"),
            ("unexpected", "\(findings.unexpected)"), ("stuck", "\(findings.stuck)"), ("p50", findings.p50.shown),
            ("p99", findings.p99.shown), ("recovery_s", findings.recoverySeconds.shown), ("seed", "\(seed)"),
            ("dead", "\(findings.dead)"),
        ]
        fields += extras.map { ($0.name, $0.value) }
        return "\(failures.isEmpty ? "ok    " : "FAILED") \(scenario) "
            + fields.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
    }
}

extension Double {
    /// With one decimal.
    var shown: String { "\((self * 10).rounded() / 10)" }
}
