import Foundation
import Synchronization

/// Compares what the clients were told with what is there once the queues are empty.
struct Audit {
    let kindred: Kindred
    let ledger: Ledger.Pages
    /// How long jobs may take to end once all faults are over.
    var patience = Duration.seconds(90)

    /// - Parameter healed: when the last fault ended, in ms since 1970.
    func findings(healed: Int64) -> Findings {
        var findings = Findings()
        findings.attempts = ledger.operations.count
        findings.acknowledged = ledger.jobs.count
        findings.p50 = ledger.latency(at: 0.5)
        findings.p99 = ledger.latency(at: 0.99)
        findings.unexpected = ledger.unexpectedAnswers.count
        findings.notes += ledger.unexpectedAnswers.prefix(3).map { "answered: \($0)" }
        checkJobs(&findings, healed: healed)
        do {
            try checkRatings(&findings)
            try checkOtherJobs(&findings)
            try countDeadLetters(&findings)
        } catch {
            findings.unexpected += 1
            findings.notes.append("the audit failed: \(error)")
        }
        return findings
    }

    // MARK: Jobs

    private func checkJobs(_ findings: inout Findings, healed: Int64) {
        var pending = Array(Set(ledger.jobs))
        let deadline = ContinuousClock.now + patience
        var lastEnd = healed
        while true {
            // Looking at thousands of jobs takes a while: what had not ended when its turn came may have by now.
            let isLastLook = ContinuousClock.now > deadline
            let states = Self.states(of: pending, port: kindred.gatewayPorts[0])
            var rest: [String] = []
            for (job, state) in zip(pending, states) {
                guard let state, state.hasEnded else {
                    rest.append(job)
                    continue
                }
                findings.outcomes[state.status, default: 0] += 1
                if state.attempt > 1 { findings.redelivered += 1 }
                lastEnd = max(lastEnd, state.finishedAt)
                if state.status == "failed" { findings.notes.append("failed: \(state.text.prefix(300))") }
            }
            pending = rest
            if pending.isEmpty || isLastLook { break }
            pause(.milliseconds(100))
        }
        findings.recoverySeconds = max(0, Double(lastEnd - healed) / 1000)
        findings.stuck = pending.count
        if let job = pending.first {
            var client = HTTPClient(port: kindred.gatewayPorts[0])
            findings.notes.append("stuck: \((try? client.send("GET", "/v1/jobs/\(job)"))?.text.prefix(300) ?? "no answer")")
        }
        findings.unexpected += findings.outcomes["failed"] ?? 0
    }

    struct JobState: Sendable {
        let status: String
        /// Whose it is; nil for guests.
        let user: String?
        /// Milliseconds since 1970.
        let createdAt: Int64
        /// 0 when it has not.
        let finishedAt: Int64
        let attempt: Int
        let text: String
        var hasEnded: Bool { ["succeeded", "failed", "cancelled", "expired"].contains(status) }
    }

    /// - Returns: nil for each job that the gateway does not know, or not now.
    static func states(of jobs: [String], port: Int) -> [JobState?] {
        let threadCount = 4
        let states = Mutex([JobState?](repeating: nil, count: jobs.count))
        DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
            var client = HTTPClient(port: port)
            for place in stride(from: thread, to: jobs.count, by: threadCount) {
                guard let answer = try? client.send("GET", "/v1/jobs/\(jobs[place])"), answer.status == 200 else { continue }
                let state = JobState(answer)
                states.withLock { $0[place] = state }
            }
            client.close()
        }
        return states.withLock { $0 }
    }

    // MARK: Ratings

    private func checkRatings(_ findings: inout Findings) throws {
        let redis = try RedisClient(port: kindred.redis.port)
        var client = HTTPClient(port: kindred.gatewayPorts[0])
        for (user, operations) in Dictionary(grouping: ledger.operations, by: \.user) {
            var stored: [String: StoredRating] = [:]
            let fields = try redis.send(["HGETALL", "kindred:user:{\(user)}:ratings"]).array
            for place in stride(from: 0, to: fields.count - 1, by: 2) {
                stored[fields[place].text ?? ""] = StoredRating(fields[place + 1].text ?? "")
            }
            let shown = try client.send("GET", "/v1/users/\(user)/ratings?pageSize=100").ratings
            if shown != stored.mapValues(\.value) {
                findings.unexpected += 1
                findings.notes.append("\(user): the API shows \(shown), the store has \(stored)")
            }
            var said: [String: [Said]] = [:]
            for operation in operations {
                guard case .rating(let item, let value) = operation.kind else { continue }
                var version: String?
                if case .acknowledged(_, let given) = operation.outcome { version = given }
                said[item, default: []].append(Said(value: value, version: version))
            }
            for (item, words) in said {
                let judgement = Said.judge(words, stored[item])
                findings.lost += judgement.isLost ? 1 : 0
                findings.inverted += judgement.isInverted ? 1 : 0
                findings.unexpected += judgement.isUnexpected ? 1 : 0
                if let note = judgement.note { findings.notes.append("\(user) on \(item): \(note)") }
            }
            for item in stored.keys where said[item] == nil {
                findings.unexpected += 1
                findings.notes.append("\(user) never rated \(item)")
            }
        }
    }

    // MARK: What nobody was told

    /// Finds jobs that were carried out though no client was told of them.
    private func checkOtherJobs(_ findings: inout Findings) throws {
        let redis = try RedisClient(port: kindred.redis.port)
        var known = Set(ledger.jobs)
        var others: [String] = []
        var cursor = "0"
        repeat {
            let page = try redis.send(["SCAN", cursor, "MATCH", "kindred:job:*", "COUNT", "1000"]).array
            guard page.count == 2 else { throw HarnessError("SCAN failed") }
            cursor = page[0].text ?? "0"
            for key in page[1].array {
                let job = String((key.text ?? "").dropFirst("kindred:job:".count))
                if known.insert(job).inserted { others.append(job) }
            }
        } while cursor != "0"
        let states = Self.states(of: others, port: kindred.gatewayPorts[0])
        let operations = Dictionary(grouping: ledger.operations, by: \.user)
        for case let state? in states where state.status == "succeeded" {
            let candidates = operations[state.user ?? ""] ?? []
            let operation = candidates.first { $0.began - 1...$0.ended + 1 ~= state.createdAt }
            if let operation, operation.job != nil {
                findings.duplicates.append(operation.began...max(operation.began, operation.ended))
            } else {
                findings.recovered += 1
            }
        }
    }

    /// The broker counts once in half a second.
    private func countDeadLetters(_ findings: inout Findings) throws {
        var counts = try kindred.counts()
        let isEmpty = eventually(within: .seconds(30), every: .milliseconds(200)) {
            counts = (try? kindred.counts()) ?? counts
            return counts.working == 0
        }
        if !isEmpty {
            findings.unexpected += 1
            findings.notes.append("\(counts.working) messages are left in the queues of work")
        }
        pause(.milliseconds(1200))
        findings.dead = try kindred.counts().dead
    }
}

extension Audit.JobState {
    init(_ answer: HTTPAnswer) {
        let json = answer.json
        status = json["status"] as? String ?? ""
        text = answer.text
        let link = (json["links"] as? [String: Any])?["recommendations"] as? String ?? ""
        let parts = link.split(separator: "/")
        user = parts.count == 4 ? String(parts[2]) : nil
        attempt = json["attempt"] as? Int ?? 0
        createdAt = Self.moment(json["createdAt"])
        finishedAt = Self.moment(json["finishedAt"])
    }

    private static func moment(_ value: Any?) -> Int64 {
        let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(value as? String ?? "")
        return Int64(((date?.timeIntervalSince1970 ?? 0) * 1000).rounded())
    }
}

extension HTTPAnswer {
    /// A profile's ratings by item.
    fileprivate var ratings: [String: Double] {
        var ratings: [String: Double] = [:]
        for rating in json["ratings"] as? [[String: Any]] ?? [] {
            guard let item = (rating["item"] as? [String: Any])?["id"] as? String else { continue }
            ratings[item] = rating["rating"] as? Double
        }
        return ratings
    }
}
