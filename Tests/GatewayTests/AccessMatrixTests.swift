import Experiments
import Foundation
import Generations
import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

/// Every route, asked by everybody, on every kind of server.
@Suite struct AccessMatrixTests {
    /// Who asks: the user whom the path or the job is about, another user, somebody without a token, and who has a key.
    enum Actor: String, CaseIterable {
        case owner, other, nobody, service, `operator`
    }

    enum Server: Int, CaseIterable {
        /// Accounts, an API key and an operator's key.
        case accounts
        /// The two keys only: the sessions' tokens are no tokens there.
        case keys
        /// Accounts and an operator's key, on an address that only its own machine can reach: nobody is the service, and there is no
        /// other one.
        case noKey
    }

    /// The status of each answer to owner, other, nobody, service and operator. OWNER is the owner's id, or that of a job of the
    /// owner's; GUEST that of a guest's job.
    static let table = """
                                                |       accounts      |         keys        |      no key
                                                | own oth nob ser ope | own oth nob ser ope | own oth nob ope
        GET    /livez                           | 200 200 200 200 200 | 200 200 200 200 200 | 200 200 200 200
        GET    /readyz                          | 200 200 200 200 200 | 200 200 200 200 200 | 200 200 200 200
        GET    /metrics                         | 200 200 200 200 200 | 200 200 200 200 200 | 200 200 200 200
        GET    /docs                            | 200 200 200 200 200 | 200 200 200 200 200 | 200 200 200 200
        GET    /openapi.json                    | 200 200 200 200 200 | 200 200 200 200 200 | 200 200 200 200
        GET    /v1/catalogue                    | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        GET    /v1/evaluation                   | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        GET    /v1/items                        | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        GET    /v1/items/1                      | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        PUT    /v1/items/brand-new              | 403 403 401 200 403 | 401 401 401 200 403 | 403 403 200 403
        GET    /v1/items/1/similar              | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        GET    /v1/questionnaire                | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        POST   /v1/recommendations              | 202 202 202 202 403 | 401 401 401 202 403 | 202 202 202 403
        GET    /v1/users/OWNER/ratings          | 200 404 401 200 403 | 401 401 401 200 403 | 200 404 200 403
        POST   /v1/users/OWNER/ratings          | 202 404 401 202 403 | 401 401 401 202 403 | 202 404 202 403
        PUT    /v1/users/OWNER/ratings/1        | 202 404 401 202 403 | 401 401 401 202 403 | 202 404 202 403
        DELETE /v1/users/OWNER/ratings/1        | 202 404 401 202 403 | 401 401 401 202 403 | 202 404 202 403
        GET    /v1/users/OWNER/not-interested   | 200 404 401 200 403 | 401 401 401 200 403 | 200 404 200 403
        PUT    /v1/users/OWNER/not-interested/1 | 202 404 401 202 403 | 401 401 401 202 403 | 202 404 202 403
        DELETE /v1/users/OWNER/not-interested/1 | 202 404 401 202 403 | 401 401 401 202 403 | 202 404 202 403
        GET    /v1/users/OWNER/recommendations  | 200 404 401 200 403 | 401 401 401 200 403 | 200 404 200 403
        POST   /v1/users/OWNER/recommendations  | 202 404 401 202 403 | 401 401 401 202 403 | 202 404 202 403
        POST   /v1/users/OWNER/events           | 204 404 401 204 403 | 401 401 401 204 403 | 204 404 204 403
        POST   /v1/users/OWNER/impressions      | 204 404 401 204 403 | 401 401 401 204 403 | 204 404 204 403
        GET    /v1/users/OWNER/visibility       | 200 404 401 200 403 | 401 401 401 200 403 | 200 404 200 403
        PUT    /v1/users/OWNER/visibility       | 204 404 401 204 403 | 401 401 401 204 403 | 204 404 204 403
        DELETE /v1/users/OWNER/visibility       | 204 404 401 204 403 | 401 401 401 204 403 | 204 404 204 403
        POST   /v1/users/OWNER/similar-users    | 409 404 401 409 403 | 401 401 401 409 403 | 409 404 409 403
        GET    /v1/lists/OWNER                  | 409 404 404 409 403 | 401 401 401 409 403 | 409 404 409 403
        GET    /v1/lists/GUEST                  | 409 409 409 409 403 | 401 401 401 409 403 | 409 409 409 403
        GET    /v1/users/me/ratings             | 200 200 401 401 403 | 401 401 401 401 403 | 200 200 401 403
        PUT    /v1/users/me/ratings/1           | 202 202 401 401 403 | 401 401 401 401 403 | 202 202 401 403
        GET    /v1/jobs/OWNER                   | 200 404 404 200 200 | 401 401 401 200 200 | 200 404 200 200
        GET    /v1/jobs/OWNER/events            | 200 404 404 200 200 | 401 401 401 200 200 | 200 404 200 200
        DELETE /v1/jobs/OWNER                   | 200 404 404 200 200 | 401 401 401 200 200 | 200 404 200 200
        GET    /v1/jobs/GUEST                   | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        GET    /v1/jobs/GUEST/events            | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        DELETE /v1/jobs/GUEST                   | 200 200 200 200 200 | 401 401 401 200 200 | 200 200 200 200
        POST   /v1/accounts                     | 201 201 201 201 403 | 401 401 401 404 404 | 201 201 201 403
        GET    /v1/accounts/me                  | 200 200 401 401 401 | 401 401 401 404 404 | 200 200 401 401
        PATCH  /v1/accounts/me                  | 200 200 401 401 401 | 401 401 401 404 404 | 200 200 401 401
        DELETE /v1/accounts/me                  | 204 204 401 401 401 | 401 401 401 404 404 | 204 204 401 401
        PUT    /v1/accounts/me/password         | 204 204 401 401 401 | 401 401 401 404 404 | 204 204 401 401
        POST   /v1/sessions                     | 201 201 201 201 403 | 401 401 401 404 404 | 201 201 201 403
        GET    /v1/sessions/current             | 200 200 401 401 401 | 401 401 401 404 404 | 200 200 401 401
        DELETE /v1/sessions/current             | 204 204 401 401 401 | 401 401 401 404 404 | 204 204 401 401
        GET    /v1/experiments                  | 403 403 401 403 200 | 401 401 401 403 200 | 403 403 403 200
        GET    /v1/experiments/EXPERIMENT       | 403 403 401 403 200 | 401 401 401 403 200 | 403 403 403 200
        GET    /v1/dead-letters                 | 403 403 401 403 200 | 401 401 401 403 200 | 403 403 403 200
        POST   /v1/dead-letters/LETTER/requeue  | 403 403 401 403 202 | 401 401 401 403 202 | 403 403 403 202
        DELETE /v1/dead-letters/LETTER          | 403 403 401 403 204 | 401 401 401 403 204 | 403 403 403 204
        GET    /v1/nothing                      | 404 404 404 404 404 | 401 401 401 404 404 | 404 404 404 404
        """

    static let bodies = [
        "PUT /v1/items/brand-new": #"{"title":"Brand New"}"#,
        "POST /v1/recommendations": #"{"ratings":[]}"#,
        "POST /v1/users/OWNER/ratings": #"{"ratings":[{"item":"1","rating":4}]}"#,
        "PUT /v1/users/OWNER/ratings/1": #"{"rating":4}"#,
        "POST /v1/users/OWNER/events": #"{"events":[{"type":"click","item":"1"}]}"#,
        "POST /v1/users/OWNER/impressions": #"{"items":["1"]}"#,
        "PUT /v1/users/me/ratings/1": #"{"rating":4}"#,
        "POST /v1/accounts": #"{"name":"newcomer","password":"correct horse battery"}"#,
        "PATCH /v1/accounts/me": #"{"genres":["Comedy"]}"#,
        "DELETE /v1/accounts/me": #"{"password":"correct horse battery"}"#,
        "PUT /v1/accounts/me/password": #"{"currentPassword":"correct horse battery","newPassword":"wrong horse battery"}"#,
        "POST /v1/sessions": #"{"name":"owner","password":"correct horse battery"}"#,
    ]

    struct Row: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        /// For each server what each actor gets.
        let statuses: [[Int]]
        var testDescription: String { "\(method) \(path)" }
    }

    static let rows: [Row] = table.split(separator: "\n").dropFirst(2).compactMap { line in
        let cells = line.split(separator: "|").map { $0.split(separator: " ") }
        guard let method = HTTPRequest.Method(rawValue: String(cells[0][0])) else { return nil }
        return Row(method: method, path: String(cells[0][1]), statuses: cells[1...].map { $0.compactMap { Int($0) } })
    }

    @Test(arguments: rows) func isAsTheTableSays(_ row: Row) async throws {
        for server in Server.allCases {
            let actors = Actor.allCases.filter { server != .noKey || $0 != .service }
            #expect(row.statuses[server.rawValue].count == actors.count)
            for (actor, status) in zip(actors, row.statuses[server.rawValue]) {
                let answer = try await ask(row, by: actor, on: server)
                #expect(answer.status == status, "\(actor.rawValue) on \(server): \(answer.text)")
            }
        }
    }

    @Test func everyRouteStandsInTheTable() {
        let router = Router(context: GatewayRequestContext.self)
        TestGateway().server.addRoutes(to: router)
        let asked = Set(Self.rows.map { "\($0.method) \(Self.pattern(of: $0.path))" })
        for route in router.routes { #expect(asked.contains("\(route.method) \(route.path)"), "\(route)") }
    }

    /// What is somebody else's looks like what is not there.
    @Test func othersLearnNothing() async throws {
        let world = try await World(.accounts)
        for (path, missing) in [
            ("/v1/users/\(world.owner.user)/ratings", "/v1/users/nobody-at-all/ratings"),
            ("/v1/jobs/\(world.job)", "/v1/jobs/\(JobID.random())"), ("/v1/jobs/\(world.job)/events", "/v1/jobs/what/events"),
        ] {
            let answer = try await world.kindred.gateway.send(.get, path, token: world.other.token)
            let none = try await world.kindred.gateway.send(.get, missing, token: world.other.token)
            #expect(answer.status == 404)
            #expect(answer.text.replacing(path, with: "") == none.text.replacing(missing, with: ""))
        }
    }

    /// The answer about a job that has ended is kept, but not for everybody.
    @Test func othersDoNotGetWhatIsKeptEither() async throws {
        let world = try await World(.accounts)
        let gateway = world.kindred.gateway
        _ = try await gateway.send(.delete, "/v1/jobs/\(world.job)", token: world.owner.token)
        for _ in 0..<2 {
            #expect(try await gateway.send(.get, "/v1/jobs/\(world.job)", token: world.owner.token).status == 200)
            #expect(try await gateway.send(.get, "/v1/jobs/\(world.job)", token: world.other.token).code == "unknown_job")
            #expect(try await gateway.send(.get, "/v1/jobs/\(world.job)").code == "unknown_job")
        }
    }

    /// Lists name the ratings they come from.
    @Test func operatorsSeeJobsWithoutTheirLists() async throws {
        let world = try await World(.accounts)
        let gateway = world.kindred.gateway
        var record = try #require(try await gateway.storage.record(of: world.job))
        record.status = .succeeded
        record.finishedAt = world.kindred.clock.now
        record.result = .recommendations(world.list)
        _ = try await gateway.storage.advance(to: record)
        for (token, isShown) in [
            (world.owner.token, true), (TestAccounts.operatorKey, false), (TestAccounts.serviceKey, true),
            (TestAccounts.operatorKey, false),
        ] {
            let answer = try await gateway.send(.get, "/v1/jobs/\(world.job)", token: token)
            #expect(answer["status"] == .string("succeeded"))
            #expect((answer["result", "recommendations"] != .null) == isShown)
            let events = try await gateway.send(.get, "/v1/jobs/\(world.job)/events", token: token)
            #expect(events.text.contains("because") == isShown)
        }
    }

    private static func pattern(of path: String) -> String {
        path.split(separator: "/").map { part in
            switch part {
            case "OWNER", "GUEST": path.contains("/jobs/") ? "/{job}" : path.contains("/lists/") ? "/{list}" : "/{user}"
            case "1", "brand-new": "/{item}"
            case "LETTER": "/{letter}"
            case "EXPERIMENT": "/{experiment}"
            default: "/\(part)"
            }
        }.joined()
    }

    private func ask(_ row: Row, by actor: Actor, on server: Server) async throws -> TestAnswer {
        let world = try await World(server)
        let id = row.path.contains("/jobs/") || row.path.contains("/lists/") ? world.job.rawValue : world.owner.user.rawValue
        let path = row.path.replacing("OWNER", with: id).replacing("GUEST", with: world.guestJob.rawValue)
            .replacing("LETTER", with: world.letter.rawValue)
        let token: String? =
            switch actor {
            case .owner: world.owner.token
            case .other: world.other.token
            case .nobody: nil
            case .service: TestAccounts.serviceKey
            case .operator: TestAccounts.operatorKey
            }
        // Whoever follows a job that has not ended waits for what comes next.
        let headers = path.hasSuffix("/events") ? ["Last-Event-ID": "1"] : [:]
        if path.hasSuffix("/events") { await world.kindred.gateway.server.waiter.close() }
        return try await world.kindred.gateway.send(
            row.method, path, Self.bodies["\(row.method) \(row.path)"], headers: headers, token: token)
    }

    /// Two users, of whom one has a job and a list, and a guest with a job.
    struct World {
        /// A folder with an evaluation.
        private static let models = Result {
            let folder = FileManager.default.temporaryDirectory.appending(path: "kindred-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(#"{"format":"kindred-evaluation/1"}"#.utf8).write(to: folder.appending(path: "evaluation.json"))
            return folder.path(percentEncoded: false)
        }

        let kindred: TestAccounts
        let owner: TestAccounts.Member
        let other: TestAccounts.Member
        let job = JobID.random()
        let guestJob = JobID.random()
        let letter = JobID.random()
        let list: StoredList

        init(_ server: Server) async throws {
            let models = try Self.models.get()
            let dead = DeadLetter.of(letter)
            kindred = TestAccounts(
                isOn: server != .keys, key: server == .noKey ? nil : TestAccounts.serviceKey,
                configure: {
                    $0.data.modelsFolder = models
                    $0.experiments = ExperimentPlan([
                        Experiment(
                            name: "EXPERIMENT", start: .now, end: .now + .seconds(60), window: .seconds(60),
                            variants: [ExperimentVariant(name: "a", share: 0.5), ExperimentVariant(name: "b", share: 0.5)])
                    ])
                },
                change: { $0.deadLetters = InMemoryDeadLetterBox([dead]) })
            owner = try await kindred.member("owner")
            other = try await kindred.member("other")
            let storage = kindred.gateway.storage
            for (id, user) in [(job, owner.user), (guestJob, nil)] {
                _ = try await storage.advance(
                    to: JobRecord(
                        id: id, kind: .recommendations, user: user, createdAt: kindred.clock.now,
                        request: .recommendations(RecommendationQuery())))
            }
            let engine = RecommendationEngine(dataset: .small)
            let profile = LiveProfile([
                RatingUpdate(item: try ItemID("1"), rating: 5, version: RatingVersion(clock: 1, origin: 1))
            ])
            list = StoredList(
                generatedAt: kindred.clock.now,
                list: try engine.recommend(
                    for: engine.dataset.profile(of: nil, overlaidWith: profile), query: RecommendationQuery()))
            try await storage.save(list, for: owner.user, lifetime: .seconds(3600))
        }
    }
}
