import Foundation
import TestSupport
import Testing

/// The three programs, driven over HTTP, with real RabbitMQ and real Redis.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct StoryTests {
    let servers: TestServers

    init() throws { servers = try #require(TestServers.running) }

    /// Every trained algorithm answers through the queue, from models that gateway and worker found.
    @Test func trainedModelsAnswer() async throws {
        let trained = ["item-neighbors", "ease", "implicit-als", "graph-filter", "blend"]
        let kindred = try await Deployment(
            data: try await sampleFolder(), workerCount: 1, servers: servers, training: trained)
        let client = kindred.client
        let catalogue = try await client.get("/v1/catalogue")
        let algorithms = try #require(catalogue["algorithms"] as? [String])
        #expect(Set(trained).isSubset(of: algorithms))
        let similar = try await client.get("/v1/items/1/similar")
        #expect(similar.status == 200 && similar.items.count == 20, "\(similar.text)")
        let likeness = similar.items.compactMap { $0["similarity"] as? Double }
        #expect(likeness == likeness.sorted(by: >) && likeness.allSatisfy { 0...1 ~= $0 })
        for algorithm in trained {
            let list = try await client.post(
                "/v1/users/1/recommendations", ["count": 10, "algorithm": algorithm], headers: ["Prefer": "wait=20"])
            #expect(list.status == 200, "\(algorithm): \(list.text)")
            let read = try await client.get("/v1/users/1/recommendations")
            #expect(read["algorithm"] as? String == algorithm && read["fallback"] as? String == nil, "\(read.text)")
            #expect(read.itemIDs.count == 10)
            guard algorithm == "blend" else { continue }
            let matches = read.items.compactMap { $0["matchPercent"] as? Double }
            #expect(matches.count == 10 && matches.allSatisfy { 0...100 ~= $0 } && matches.contains { $0 > 0 }, "\(read.text)")
        }

        #expect(try await client.get("/v1/evaluation").status == 404)
        let report = kindred.modelsFolder.appending(path: "evaluation.json").path(percentEncoded: false)
        let evaluation = try await kindred.command([
            "evaluate", "--algorithm", "ease", "--algorithm", "popularity", "--output", report,
        ])
        #expect(evaluation.exitCode == 0, "\(evaluation.log)")
        let shown = try await client.get("/v1/evaluation")
        let algorithmsShown = shown["algorithms"] as? [[String: Any]] ?? []
        #expect(algorithmsShown.compactMap { $0["name"] as? String } == ["ease", "popularity"], "\(shown.text)")
        #expect(algorithmsShown.allSatisfy { ($0["metrics"] as? [String: Any])?["ndcg@10"] != nil })
        await kindred.drain()
    }

    @Test(.enabled(if: TestServers.movieLensFolder != nil, "ml-latest-small is not there: set KINDRED_DATA to its parent folder"))
    func aNewcomerRatesFilmsAndIsUnderstood() async throws {
        let kindred = try await Deployment(
            data: try #require(TestServers.movieLensFolder), workerCount: 2, servers: servers)
        let client = kindred.client

        let catalogue = try await client.get("/v1/catalogue")
        #expect(catalogue.status == 200 && catalogue["ratingCount"] as? Int == 100_836)
        let found = try await client.get("/v1/items?query=matrix")
        #expect((found.items.first?["title"] as? String)?.contains("Matrix") == true)

        // Five science-fiction films: Star Wars IV, The Matrix, Alien, Terminator 2, Blade Runner.
        let loved = ["260", "2571", "1214", "589", "541"]
        let accepted = try await client.post(
            "/v1/users/newcomer/ratings", ["ratings": loved.map { ["item": $0, "rating": 5] as [String: Any] }])
        #expect(accepted.status == 202)
        let location = try #require(accepted.headers["location"])
        #expect(accepted.headers["retry-after"] != nil)
        let ended = try await client.get(location, headers: ["Prefer": "wait=20"])
        #expect(ended.status == 200 && ended["status"] as? String == "succeeded", "\(ended.text)")
        #expect((ended["result.recommendations.items"] as? [Any])?.isEmpty == false)

        let list = try await client.get("/v1/users/newcomer/recommendations")
        #expect(list.status == 200 && list["fallback"] as? String == nil)
        #expect(list.itemIDs.count == 20)
        #expect(Set(list.itemIDs).isDisjoint(with: loved))
        #expect(list.itemIDs.prefix(5).contains("1196"), "The Empire Strikes Back is not near the top: \(list.itemIDs)")
        let scienceFiction = list.recommendedGenres.prefix(10).filter { $0.contains("Sci-Fi") }
        #expect(scienceFiction.count >= 3, "\(list.text)")
        let etag = try #require(list.headers["etag"])
        #expect(try await client.get("/v1/users/newcomer/recommendations", headers: ["If-None-Match": etag]).status == 304)

        // What is dismissed makes room, and stays away from other lists too.
        let unwanted = Array(list.itemIDs.prefix(2))
        for item in unwanted {
            let dismissed = try await client.put("/v1/users/newcomer/not-interested/\(item)", headers: ["Prefer": "wait=20"])
            #expect(dismissed.status == 200 && dismissed["status"] as? String == "succeeded", "\(dismissed.text)")
        }
        let without = try await client.get("/v1/users/newcomer/recommendations")
        #expect(without.itemIDs.count == 20 && without.itemIDs.prefix(18) == list.itemIDs.dropFirst(2))
        let popular = try await client.post(
            "/v1/users/newcomer/recommendations", ["count": 100, "algorithm": "popularity"], headers: ["Prefer": "wait=20"])
        #expect(popular.itemIDs.count == 100 && Set(popular.itemIDs).isDisjoint(with: unwanted))
        let back = try await client.delete("/v1/users/newcomer/not-interested/\(unwanted[0])", headers: ["Prefer": "wait=20"])
        #expect(back.status == 200)
        let page = try await client.get("/v1/users/newcomer/not-interested")
        #expect(page.items.compactMap { $0["id"] as? String } == [unwanted[1]], "\(page.text)")
        #expect(try await client.get("/v1/users/newcomer/recommendations").itemIDs.first == unwanted[0])

        // A changed rating changes the list; a removed one can come back.
        let changed = try await client.put(
            "/v1/users/newcomer/ratings/2571", ["rating": 0.5], headers: ["Prefer": "wait=20"])
        #expect(changed.status == 200 && changed["status"] as? String == "succeeded", "\(changed.text)")
        let second = try await client.get("/v1/users/newcomer/recommendations")
        #expect(second.json["ratingsVersion"] as? String != list.json["ratingsVersion"] as? String)
        #expect(second.itemIDs != list.itemIDs)
        for item in loved {
            #expect(try await client.delete("/v1/users/newcomer/ratings/\(item)", headers: ["Prefer": "wait=20"]).status == 200)
        }
        let third = try await client.get("/v1/users/newcomer/recommendations")
        #expect(third["fallback"] as? String == "popularity")

        // A user of the data set, with a wish of their own.
        let comedies = try await client.post(
            "/v1/users/42/recommendations", ["count": 10, "genres": ["Comedy"], "similarity": "pearson"],
            headers: ["Prefer": "wait=20"])
        #expect(comedies.status == 200, "\(comedies.text)")
        // Every metric on the page is explained.
        let metrics = try await client.get("/metrics").text
        let families = metrics.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(families.contains("kindred_http_requests_total") && families.contains("kindred_publishes_total"))
        for family in families { #expect(metrics.contains("# HELP \(family) "), "\(family)") }

        let doctor = try await kindred.command(["doctor"])
        #expect(doctor.exitCode == 0, "\(doctor.log)")
        let shown = try await kindred.command([
            "jobs", "show", location.split(separator: "/").last.map(String.init) ?? "", "--json",
        ])
        #expect(shown.exitCode == 0 && shown.log.contains("succeeded"), "\(shown.log)")
        await kindred.drain()
    }

    @Test func jobsSurviveAWorkerThatIsKilled() async throws {
        let kindred = try await Deployment(data: try await sampleFolder(), workerCount: 2, servers: servers)
        let items = try await kindred.client.get("/v1/items?pageSize=50").items.compactMap { $0["id"] as? String }
        let jobs = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<400 {
                group.addTask { [client = kindred.client] in
                    let answer = try await client.put(
                        "/v1/users/u\(number % 40)/ratings/\(items[number % items.count])", ["rating": 4])
                    #expect(answer.status == 202, "\(answer.text)")
                    return answer.headers["location"] ?? ""
                }
            }
            var jobs: [String] = []
            for try await job in group {
                jobs.append(job)
                if jobs.count == 100 { kindred.killWorker() }
                if jobs.count == 250 { kindred.killWorker() }
            }
            return jobs
        }
        try kindred.startWorker()
        for job in jobs {
            let ended = try await eventually(within: .seconds(60)) {
                try await kindred.client.get(job, headers: ["Prefer": "wait=10"])["status"] as? String == "succeeded"
            }
            #expect(ended, "\(job) did not end")
        }
        await kindred.drain()
    }

    @Test func identifiersWithAnyBytesReachOnlyTheirOwn() async throws {
        let kindred = try await Deployment(data: try await sampleFolder(), workerCount: 1, servers: servers)
        let client = kindred.client
        let item = try #require(try await client.get("/v1/items?pageSize=1").items.first?["id"] as? String)
        let names = ["a%2Fb", "a", "%7Ba%7D", "a%00b", "a%0D%0ADEL%20x", "kindred:u:a", "%F0%9F%98%80", "..%2F..%2Fa"]
        for (place, name) in names.enumerated() {
            let answer = try await client.put(
                "/v1/users/\(name)/ratings/\(item)", ["rating": Double(place % 10 + 1) / 2], headers: ["Prefer": "wait=20"])
            #expect(answer.status == 200, "\(name): \(answer.text)")
        }
        for (place, name) in names.enumerated() {
            let profile = try await client.get("/v1/users/\(name)/ratings")
            let ratings = profile.json["ratings"] as? [[String: Any]] ?? []
            #expect(ratings.compactMap { $0["rating"] as? Double } == [Double(place % 10 + 1) / 2], "\(name): \(profile.text)")
        }
        await kindred.drain()
    }

    @Test func aLargeBodyIsRefusedAndTheRefusalArrives() async throws {
        let kindred = try await Deployment(data: try await sampleFolder(), workerCount: 0, servers: servers)
        for (path, status) in [("/v1/users/a/ratings/1", "413"), ("/v1/nothing", "404")] {
            let head = """
                PUT \(path) HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                Content-Length: 20000000\r
                Connection: close\r
                \r

                """
            let answer = SimpleClient.send(head, bodyByteCount: 20_000_000, port: kindred.client.port)
            #expect(answer?.hasPrefix("HTTP/1.1 \(status) ") == true, "\(path): \(answer ?? "no answer")")
        }
        await kindred.drain()
    }

    /// What a roll-out with a wrong address or password has to stop at.
    @Test func aGatewayIsNotReadyBeforeItHasReachedRabbitMQ() async throws {
        let kindred = try await Deployment(data: try await sampleFolder(), workerCount: 0, servers: servers)
        let (lonely, client) = try kindred.launchGateway(["RABBITMQ_PORT": "1"])
        let isAlive = try await eventually(within: .seconds(60)) { (try? await client.get("/livez").status) == 200 }
        try #require(isAlive, "\(lonely.log)")
        let answer = try await client.get("/readyz")
        #expect(answer.status == 503 && answer["code"] as? String == "queue_unavailable", "\(answer.text)")
        #expect(try await client.get("/v1/catalogue").status == 200)
        lonely.send(SIGTERM)
        #expect(await lonely.waitUntilEnded(within: .seconds(10)) != nil)
        await kindred.drain()
    }

    @Test func aGatewayOffLoopbackWantsAKey() async throws {
        let kindred = try await Deployment(
            data: try await sampleFolder(), workerCount: 0, servers: servers,
            gatewayEnvironment: ["GATEWAY_API_KEY": "correct horse"])
        #expect(try await kindred.client.get("/v1/catalogue").status == 401)
        let answer = try await kindred.client.get("/v1/catalogue", headers: ["Authorization": "Bearer correct horse"])
        #expect(answer.status == 200)
        await kindred.drain()

        let open = try Program(
            "kindred-gateway",
            environment: ["GATEWAY_HOST": "0.0.0.0", "GATEWAY_PORT": "0", "RATINGS_FILE": "/nonexistent"],
            folder: FileManager.default.temporaryDirectory)
        #expect(await open.waitUntilEnded(within: .seconds(10)) != nil)
        #expect(open.exitCode != 0 && open.log.contains("GATEWAY_API_KEY"), "\(open.log)")
    }
}

extension HTTPClient.Answer {
    /// The entries of a list, whatever their kind.
    var items: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }

    var itemIDs: [String] { items.compactMap { ($0["item"] as? [String: Any])?["id"] as? String } }

    var recommendedGenres: [[String]] { items.compactMap { ($0["item"] as? [String: Any])?["genres"] as? [String] } }

    var scores: [Double] { items.compactMap { $0["score"] as? Double } }
}
