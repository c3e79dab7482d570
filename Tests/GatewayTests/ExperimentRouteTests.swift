import Experiments
import Hummingbird
import Jobs
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

@Suite struct ExperimentRouteTests {
    private let store = InMemoryExperiments()
    private let experiment = Experiment(
        name: "e", start: ManualClock().now, end: ManualClock().now + .seconds(30 * 86_400), window: .seconds(86_400),
        variants: [
            ExperimentVariant(name: "a", share: 0.25),
            ExperimentVariant(name: "b", share: 0.75, query: RecommendationQuery(algorithm: .popularity)),
        ])

    private func kindred() -> TestAccounts {
        TestAccounts(configure: { $0.experiments = ExperimentPlan([experiment]) }, change: { $0.experiments = store })
    }

    private func total(_ quantity: ExperimentCounts.Quantity, _ variant: String = "b") async throws -> Int64 {
        try await store.counts(of: experiment).total(quantity, of: variant)
    }

    /// A list of "b" for ann, as a worker leaves it.
    private func storeList(in kindred: TestAccounts, phase: String? = nil) async throws -> UserID {
        let user = try #require(
            ["ann", "bob", "cem", "dee"].map { UserID(checked: $0) }.first { experiment.variant(of: $0)?.name == "b" })
        let items = ["1", "2"].map { Recommendation(item: ItemID(checked: $0), score: 1) }
        let stored = StoredList(
            generatedAt: kindred.clock.now, list: RecommendationList(algorithm: .popularity, items: items),
            experiments: [VariantAssignment(experiment: "e", variant: "b", phase: phase ?? experiment.phase)])
        try await kindred.gateway.storage.save(stored, for: user, lifetime: .seconds(7 * 86_400))
        return user
    }

    private func get(_ path: String, of kindred: TestAccounts, token: String = TestAccounts.serviceKey) async throws -> TestAnswer
    {
        try await kindred.gateway.send(.get, path, token: token)
    }

    @Test func handingOutAListIsAnExposure() async throws {
        let kindred = kindred()
        let user = try await storeList(in: kindred)
        let list = try await get("/v1/users/\(user)/recommendations", of: kindred)
        #expect(list["experiments"] == .array([.object(["experiment": .string("e"), "variant": .string("b")])]))
        #expect(try await eventually { try await total(.users) == 1 })
        #expect(try await total(.exposures) == 1)
        kindred.clock.advance(by: .seconds(86_400))
        _ = try await get("/v1/users/\(user)/recommendations", of: kindred)
        #expect(try await eventually { try await total(.exposures) == 2 })
        #expect(try await total(.users) == 1)
    }

    @Test func aJobsListIsHandedToItsUserAndNotToAnOperator() async throws {
        let kindred = kindred()
        let user = try await storeList(in: kindred)
        let stored = try #require(try await kindred.gateway.storage.list(for: user))
        var record = JobRecord(
            id: .random(), kind: .recommendations, status: .succeeded, attempt: 1, user: user, createdAt: kindred.clock.now,
            request: .recommendations(RecommendationQuery()))
        record.result = .recommendations(stored)
        _ = try await kindred.gateway.storage.advance(to: record)
        let path = "/v1/jobs/\(record.id)"
        #expect(try await get(path, of: kindred, token: TestAccounts.operatorKey).status == 200)
        // What comes last shows that what came before did nothing.
        let answer = try await get(path, of: kindred)
        #expect(answer["result", "recommendations", "experiments", "0", "variant"] == .string("b"))
        #expect(try await eventually { try await total(.users) == 1 })
        #expect(try await total(.exposures) == 1)
    }

    @Test func listsOfOtherPhasesAndTimesDoNotCount() async throws {
        let kindred = kindred()
        let user = try await storeList(in: kindred, phase: "0000000000000000")
        _ = try await get("/v1/users/\(user)/recommendations", of: kindred)
        kindred.clock.advance(by: .seconds(31 * 86_400))
        _ = try await storeList(in: kindred)
        _ = try await get("/v1/users/\(user)/recommendations", of: kindred)
        #expect(try await store.counts(of: experiment).numbers.isEmpty)
    }

    @Test func eventsCountForWhatWasHandedOut() async throws {
        let kindred = kindred()
        let user = try await storeList(in: kindred)
        _ = try await get("/v1/users/\(user)/recommendations", of: kindred)
        #expect(try await eventually { try await total(.users) == 1 })
        let body = """
            {"events": [{"type": "click", "item": "1"}, {"type": "dwell", "item": "1", "seconds": 40},
                {"type": "like", "item": "2"}, {"type": "dislike", "item": "1"}, {"type": "click", "item": "3"}]}
            """
        for _ in 0..<2 {
            let answer = try await kindred.gateway.send(.post, "/v1/users/\(user)/events", body, token: TestAccounts.serviceKey)
            #expect(answer.status == 204)
        }
        #expect(try await total(.sum(.clicks)) == 1)
        #expect(try await total(.sum(.dwell)) == 40)
        #expect(try await total(.sum(.likes)) == 1)
        #expect(try await total(.sum(.dislikes)) == 1)
    }

    @Test(arguments: [
        (#"{}"#, "missing_field", "#/events"), (#"{"events": []}"#, "invalid_value", "#/events"),
        (#"{"events": [{"item": "1"}]}"#, "missing_field", "#/events/0/type"),
        (#"{"events": [{"type": "kiss", "item": "1"}]}"#, "invalid_value", "#/events/0/type"),
        (#"{"events": [{"type": "click", "item": "77"}]}"#, "unknown_item", "#/events/0/item"),
        (#"{"events": [{"type": "dwell", "item": "1"}]}"#, "missing_field", "#/events/0/seconds"),
        (#"{"events": [{"type": "dwell", "item": "1", "seconds": 4000}]}"#, "invalid_value", "#/events/0/seconds"),
        (#"{"events": [{"type": "like", "item": "1", "seconds": 4}]}"#, "invalid_value", "#/events/0/seconds"),
        (#"{"events": [{"type": "like", "item": "1", "stars": 4}]}"#, "unknown_field", "#/events/0/stars"),
    ])
    func refusesWhatIsNoEvent(body: String, code: String, pointer: String) async throws {
        let answer = try await kindred().gateway.send(.post, "/v1/users/ann/events", body, token: TestAccounts.serviceKey)
        #expect(answer.code == code)
        #expect(answer["errors", "0", "pointer"] == .string(pointer))
    }

    @Test func eventsAreTakenWithoutExperiments() async throws {
        let body = #"{"events": [{"type": "click", "item": "1"}]}"#
        #expect(try await TestGateway().send(.post, "/v1/users/ann/events", body).status == 204)
    }

    @Test func operatorsSeeExperimentsAndReports() async throws {
        let kindred = kindred()
        let token = TestAccounts.operatorKey
        let list = try await get("/v1/experiments", of: kindred, token: token)
        #expect(list["experiments", "0", "name"] == .string("e"))
        #expect(list["experiments", "0", "state"] == .string("running"))
        #expect(list["experiments", "0", "variants", "1", "algorithm"] == .string("popularity"))
        #expect(list["experiments", "0", "variants", "1", "share"] == .number(0.75))
        let user = try await storeList(in: kindred)
        _ = try await get("/v1/users/\(user)/recommendations", of: kindred)
        #expect(try await eventually { try await total(.users) == 1 })
        let report = try await get("/v1/experiments/e", of: kindred, token: token)
        #expect(report.status == 200)
        #expect(report["variants", "1", "users"] == .number(1))
        #expect(report["variants", "1", "verdict"] == .string("too-early"))
        #expect(report["sampleRatio", "isMismatch"] == .bool(false))
        #expect(try await get("/v1/experiments/none", of: kindred, token: token).code == "unknown_experiment")
        #expect(try await get("/v1/experiments/e", of: kindred).status == 403)
    }
}
