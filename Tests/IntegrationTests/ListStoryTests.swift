import Foundation
import Testing

/// Lists as one reads them: in pages, together, and without what one has seen.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct ListStoryTests {
    let servers: TestServers

    init() throws { servers = try #require(TestServers.running) }

    @Test func listsArePagedFilteredSharedAndForgotten() async throws {
        let kindred = try await Deployment(data: try await sampleFolder(), workerCount: 2, servers: servers)
        let client = kindred.client
        let waiting = ["Prefer": "wait=20"]

        // Whatever is rated meanwhile, pages are parts of one list.
        let first = try await client.post("/v1/users/reader/recommendations?pageSize=7", ["count": 60], headers: waiting)
        #expect(first.status == 200, "\(first.text)")
        let total = try #require(first["total"] as? Int)
        #expect(total == 60)
        let id = try #require(first["id"] as? String)
        var (seen, token) = (first.itemIDs, first["nextPageToken"] as? String)
        var ratings = 0
        while let next = token {
            // What stands on the page that comes, and on the one before, is rated before it is read.
            for item in [try #require(seen.last), try #require(seen.first)] {
                let rated = try await client.put("/v1/users/reader/ratings/\(item)", ["rating": 5], headers: waiting)
                #expect(rated["status"] as? String == "succeeded", "\(rated.text)")
                ratings += 1
            }
            let page = try await client.get("/v1/lists/\(id)?pageSize=7&pageToken=\(next)")
            #expect(page.status == 200 && page["total"] as? Int == total, "\(page.text)")
            seen += page.itemIDs
            token = page["nextPageToken"] as? String
        }
        #expect(seen.count == total && Set(seen).count == total && ratings > 10)
        #expect(try await client.get("/v1/users/reader/recommendations").itemIDs != Array(seen.prefix(20)))

        // What was shown makes room where that is asked for, and only there.
        let popular: [String: Any] = ["count": 20, "algorithm": "popularity"]
        let before = try await client.post("/v1/users/viewer/recommendations", popular, headers: waiting).itemIDs
        #expect(before.count == 20)
        let noted = try await client.post("/v1/users/viewer/impressions", ["items": Array(before.prefix(5))])
        #expect(noted.status == 204, "\(noted.text)")
        #expect(try await client.post("/v1/users/viewer/recommendations", popular, headers: waiting).itemIDs == before)
        let fresh = try await client.post(
            "/v1/users/viewer/recommendations", popular.merging(["excludeShown": true]) { $1 }, headers: waiting)
        #expect(fresh.itemIDs.count == 20 && Array(fresh.itemIDs.prefix(15)) == Array(before.dropFirst(5)), "\(fresh.text)")

        // A filtered list is full, whoever it is for.
        let genres = try #require(try await client.get("/v1/catalogue")["genres"] as? [[String: Any]])
        let unwanted = try #require(genres.compactMap { $0["name"] as? String }.first)
        let filtered = try await client.post(
            "/v1/users/reader/recommendations", ["count": 20, "excludedGenres": [unwanted], "excludedItems": [seen[25]]],
            headers: waiting)
        #expect(filtered.itemIDs.count == 20 && !filtered.itemIDs.contains(seen[25]), "\(filtered.text)")
        #expect(filtered.recommendedGenres.allSatisfy { !$0.contains(unwanted) })

        // A group's list has nothing that any of them rated.
        let members: [[String]] = [Array(before[0..<3]), Array(before[10..<13])]
        for (user, items) in zip(["one", "two"], members) {
            let rated = try await client.post(
                "/v1/users/\(user)/ratings", ["ratings": items.map { ["item": $0, "rating": 5] as [String: Any] }],
                headers: waiting)
            #expect(rated["status"] as? String == "succeeded", "\(rated.text)")
        }
        for aggregation in ["average", "least-misery"] {
            let group = try await client.post(
                "/v1/recommendations", ["users": ["one", "two"], "count": 20, "aggregation": aggregation], headers: waiting)
            #expect(group.status == 200 && group.itemIDs.count == 20, "\(group.text)")
            #expect(Set(group.itemIDs).isDisjoint(with: members.joined()))
        }

        // Rows have nothing in common.
        let rows = try await client.post(
            "/v1/users/one/recommendations", ["rows": ["count": 3, "length": 5]], headers: waiting)
        #expect(rows.status == 200 && Set(rows.itemIDs).count == rows.itemIDs.count, "\(rows.text)")
        let counts = try #require(rows["rows"] as? [[String: Any]]).compactMap { $0["count"] as? Int }
        #expect(counts.count == 3 && counts.reduce(0, +) == rows.itemIDs.count)
        await kindred.drain()
    }
}
