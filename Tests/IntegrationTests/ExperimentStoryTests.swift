import Foundation
import TestSupport
import Testing

/// An experiment from the first list to the report, with real processes and servers.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct ExperimentStoryTests {
    private static let operatorKey = "the operator's long random text"

    /// What one user was given.
    private struct Given: Sendable {
        let user: Int
        let variant: String
        let algorithm: String
        let items: [String]
    }

    let servers: TestServers

    init() throws { servers = try #require(TestServers.running) }

    @Test func usersGetTheirVariantsAndTheReportSaysWhatTheyDid() async throws {
        // Another experiment every time, that draws the same users.
        let name = "story-\(UUID().uuidString.prefix(8).lowercased())"
        let kindred = try await Deployment(
            data: try await sampleFolder(), workerCount: 2, servers: servers,
            gatewayEnvironment: ["GATEWAY_OPERATOR_KEY": Self.operatorKey],
            experiments: """
                experiments:
                  - name: \(name)
                    salt: story
                    start: \(Self.day(-1))
                    end: \(Self.day(30))
                    variants: [{name: as-before, share: 50}, {name: popular, share: 50, algorithm: popularity}]
                """)
        let users = Array(1...300)
        let lists = try await given(to: users, by: kindred.client)

        let variants = Dictionary(grouping: lists, by: \.variant)
        #expect(Set(variants.keys) == ["as-before", "popular"])
        let popularUsers = variants["popular"]?.count ?? 0
        // Five standard deviations of a fair coin, but the users and the salt are the same every time.
        #expect((107...193).contains(popularUsers))
        #expect(lists.allSatisfy { ($0.algorithm == "popularity") == ($0.variant == "popular") })
        #expect(lists.allSatisfy { ($0.algorithm == "user-neighbors") == ($0.variant == "as-before") })

        // Other workers give the same users the same variants.
        kindred.killWorker()
        try kindred.startWorker()
        let again = try await given(to: Array(users.prefix(60)), by: kindred.client)
        let known = Dictionary(uniqueKeysWithValues: lists.map { ($0.user, $0.variant) })
        for list in again { #expect(list.variant == known[list.user], "user \(list.user) went to another variant") }

        // Whoever names an algorithm is not in it.
        let named = try await kindred.client.post(
            "/v1/users/1/recommendations", ["algorithm": "classic"], headers: ["Prefer": "wait=20"])
        #expect(named.status == 200 && (named["experiments"] as? [Any])?.isEmpty == true, "\(named.text)")

        // Every fourth user rates the first item of the list, and clicks on it.
        let raters = lists.filter { $0.user.isMultiple(of: 4) }
        for list in raters {
            let rated = try await kindred.client.put(
                "/v1/users/\(list.user)/ratings/\(list.items[0])?refresh=false", ["rating": 4])
            #expect(rated.status == 202, "\(rated.text)")
            let observed = try await kindred.client.post(
                "/v1/users/\(list.user)/events", ["events": [["type": "click", "item": list.items[0]]]])
            #expect(observed.status == 204, "\(observed.text)")
        }
        let path = "/v1/experiments/\(name)"
        let header = ["Authorization": "Bearer \(Self.operatorKey)"]
        let expected = ["as-before", "popular"].map { variant in
            [variants[variant]?.count ?? 0, raters.count { $0.variant == variant }, raters.count { $0.variant == variant }]
        }
        var report = try await kindred.client.get(path, headers: header)
        let isCounted = try await eventually {
            report = try await kindred.client.get(path, headers: header)
            return Self.counts(in: report.json) == expected
        }
        #expect(isCounted, "expected \(expected): \(report.text)")
        #expect(report["sampleRatio.isMismatch"] as? Bool == false)

        let command = try await kindred.command(["experiments", "report", name, "--json"])
        #expect(command.exitCode == 0, "\(command.log)")
        let json = try JSONSerialization.jsonObject(with: Data(command.log.utf8)) as? [String: Any]
        let reports = try #require(json?["experiments"] as? [[String: Any]])
        #expect(Self.counts(in: reports[0]) == expected)
        let text = try await kindred.command(["experiments", "report"])
        #expect(text.log.contains("It is too early to say anything of popular"), "\(text.log)")
        await kindred.drain()
    }

    /// Users, ratings and clicks of each variant.
    private static func counts(in report: Any?) -> [[Int]] {
        let variants = (report as? [String: Any])?["variants"] as? [[String: Any]] ?? []
        return variants.map { variant in
            let outcomes = variant["outcomes"] as? [[String: Any]] ?? []
            return [variant["users"] as? Int ?? -1]
                + ["ratings", "clicks"].map { name in
                    outcomes.first { $0["outcome"] as? String == name }?["total"] as? Int ?? -1
                }
        }
    }

    private func given(to users: [Int], by client: HTTPClient) async throws -> [Given] {
        var lists: [Given] = []
        for user in users {
            let answer = try await client.post("/v1/users/\(user)/recommendations", headers: ["Prefer": "wait=20"])
            try #require(answer.status == 200, "\(answer.text)")
            let experiments = try #require(answer["experiments"] as? [[String: Any]])
            lists.append(
                Given(
                    user: user, variant: experiments.first?["variant"] as? String ?? "none",
                    algorithm: answer["algorithm"] as? String ?? "", items: answer.itemIDs))
        }
        return lists
    }

    /// A day like 2026-11-24, so many days from today.
    private static func day(_ offset: Double) -> String {
        String(Date(timeIntervalSinceNow: offset * 86_400).ISO8601Format().prefix(10))
    }
}
