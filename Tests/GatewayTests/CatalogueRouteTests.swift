import Hummingbird
import Recommenders
import Synchronization
import Testing

@testable import Gateway

@Suite struct CatalogueRouteTests {
    @Test func saysWhatIsRecommendedHere() async throws {
        let answer = try await TestGateway().send(.get, "/v1/catalogue")
        #expect(answer.status == 200)
        #expect(answer["name"] == .string("Six films"))
        #expect(answer["itemKind"] == .string("movie"))
        #expect(answer["scale", "minimum"] == .number(0.5))
        #expect(answer["scale", "maximum"] == .number(5))
        #expect(answer["scale", "step"] == .number(0.5))
        #expect(answer["userCount"] == .number(4))
        #expect(answer["itemCount"] == .number(6))
        #expect(answer["ratingCount"] == .number(12))
        #expect(answer["genres", "3"] == .object(["name": .string("Thriller"), "itemCount": .number(3)]))
        #expect(answer["genres"]?.elements?.count == 4)
        #expect(answer["algorithms"]?.elements?.contains(.string("user-neighbors")) == true)
        #expect(answer["similarities"]?.elements?.contains(.string("cosine")) == true)
        #expect(answer["defaults", "count"] == .number(20))
        #expect(answer.header("Cache-Control") == "private, max-age=60")
    }

    @Test func showsTheMostRatedItemsFirst() async throws {
        let answer = try await TestGateway().send(.get, "/v1/items")
        #expect(answer.status == 200)
        #expect(answer["total"] == .number(6))
        #expect(answer["items"]?.elements?.map { $0.members?["id"] } == ["1", "2", "3", "4", "a/b", "6"].map { .string($0) })
        #expect(answer["nextPageToken"] == nil)
        #expect(answer["items", "0", "title"] == .string("Toy Story"))
        #expect(answer["items", "0", "year"] == .number(1995))
        #expect(answer["items", "0", "links", "imdb"] == .string("0114709"))
        #expect(answer["items", "0", "ratingCount"] == .number(4))
        #expect(answer["items", "0", "meanRating"] == .number(4.25))
        #expect(answer["items", "5", "meanRating"] == .null)
        #expect(answer["items", "5", "year"] == .null)
    }

    @Test func saysWhatToAskNewcomersAbout() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.get, "/v1/questionnaire")
        #expect(answer.status == 200)
        // Four people are too few to tell what is informative; what nobody rated is not asked about.
        #expect(answer["items"]?.elements?.map { $0.members?["id"] } == ["1", "2", "3", "4", "a/b"].map { .string($0) })
        #expect(answer["items", "0", "meanRating"] == .number(4.25))
        #expect(answer.header("Cache-Control") == "private, max-age=60")
        #expect(try await gateway.send(.get, "/v1/questionnaire?count=2")["items"]?.elements?.count == 2)
        for query in ["count=0", "count=101", "count=x", "n=3"] {
            #expect(try await gateway.send(.get, "/v1/questionnaire?\(query)").status == 400, "\(query)")
        }
    }

    @Test(arguments: [
        ("query=toy", ["1"]), ("query=toy+story", ["1"]), ("query=toy%20story", ["1"]), ("genre=Thriller", ["2", "3", "a/b"]),
        ("genre=Thriller&query=a", ["3"]), ("query=nothing+like+it", []), ("genre=Nothing", []),
        ("query=", ["1", "2", "3", "4", "a/b", "6"]),
    ])
    func findsItems(query: String, expected: [String]) async throws {
        let answer = try await TestGateway().send(.get, "/v1/items?\(query)")
        #expect(answer.status == 200)
        #expect(answer["items"]?.elements?.compactMap { $0.members?["id"]?.string } == expected)
        #expect(answer["total"] == .number(Double(expected.count)))
    }

    @Test func pagesThroughAllItems() async throws {
        let gateway = TestGateway()
        var seen: [String] = []
        var path: String? = "/v1/items?pageSize=2"
        while let next = path {
            let answer = try await gateway.send(.get, next)
            seen += answer["items"]?.elements?.compactMap { $0.members?["id"]?.string } ?? []
            path = answer["nextPageToken"]?.string.map { "/v1/items?pageSize=2&pageToken=\($0)" }
            try #require(seen.count <= 6)
        }
        #expect(seen == ["1", "2", "3", "4", "a/b", "6"])
    }

    @Test func takesPageTokensOnlyWithTheirOwnQuery() async throws {
        let gateway = TestGateway()
        let first = try await gateway.send(.get, "/v1/items?pageSize=1&genre=Thriller")
        let token = try #require(first["nextPageToken"]?.string)
        #expect(try await gateway.send(.get, "/v1/items?pageSize=1&genre=Thriller&pageToken=\(token)").status == 200)
        #expect(try await gateway.send(.get, "/v1/items?pageSize=2&genre=Thriller&pageToken=\(token)").status == 200)
        for path in [
            "/v1/items?pageToken=\(token)", "/v1/items?genre=Comedy&pageToken=\(token)",
            "/v1/items?query=Thriller&pageToken=\(token)", "/v1/items?genre=Thriller&pageToken=\(token)f",
            "/v1/items?genre=Thriller&pageToken=garbage", "/v1/items?genre=Thriller&pageToken=\(token.dropLast())0",
            "/v1/items?genre=Thriller&pageToken=\(token.dropLast())-1",
            "/v1/users/ann/ratings?pageToken=\(token)",
        ] {
            let answer = try await gateway.send(.get, path)
            #expect(answer.status == 400, "\(path)")
            #expect(answer.code == "invalid_page_token", "\(path)")
        }
    }

    @Test(arguments: [
        "pageSize=0", "pageSize=101", "pageSize=x", "pageSize=1.5", "pagesize=3", "pageSize=1&pageSize=2", "query=%FF",
        "query=%4",
        "query=%zz",
    ])
    func refusesImpossibleParameters(query: String) async throws {
        let answer = try await TestGateway().send(.get, "/v1/items?\(query)")
        #expect(answer.status == 400)
        #expect(answer.code == "invalid_parameter")
    }

    @Test func showsOneItem() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.get, "/v1/items/3")
        #expect(answer.status == 200)
        #expect(answer["title"] == .string("Alien"))
        #expect(answer["similarity"] == nil)
        #expect(try await gateway.send(.get, "/v1/items/a%2Fb")["title"] == .string("Face/Off"))
        #expect(try await gateway.send(.get, "/v1/items/nothing").code == "unknown_item")
    }

    @Test func showsSimilarItemsMostAlikeFirst() async throws {
        let gateway = TestGateway(change: { $0.similarItems = .small })
        let answer = try await gateway.send(.get, "/v1/items/1/similar")
        #expect(answer["items"]?.elements?.map { $0.members?["id"] } == [.string("2"), .string("3")])
        #expect(answer["items", "0", "similarity"] == .number(0.75))
        #expect(try await gateway.send(.get, "/v1/items/6/similar")["items"] == .array([]))
        #expect(try await gateway.send(.get, "/v1/items/nothing/similar").code == "unknown_item")
    }

    @Test func saysWhenSimilarItemsWereNotComputed() async throws {
        let answer = try await TestGateway().send(.get, "/v1/items/1/similar")
        #expect(answer.status == 404)
        #expect(answer.code == "no_similar_items_yet")
    }

    /// Each request takes what is there when it comes.
    @Test func showsWhatIsOnTheNewestShelf() async throws {
        let shelves = Mutex([ItemShelf(dataset: .small)])
        let gateway = TestGateway(change: { $0.shelf = { shelves.withLock { $0[$0.count - 1] } } })
        #expect(try await gateway.send(.get, "/v1/items/1/similar").code == "no_similar_items_yet")
        shelves.withLock { $0.append(ItemShelf(dataset: .small, algorithms: [.ease], similarItems: .small)) }
        #expect(try await gateway.send(.get, "/v1/items/1/similar").status == 200)
        #expect(try await gateway.send(.get, "/v1/catalogue")["algorithms"]?.elements == [.string("ease")])
    }

    @Test func offersOnlyTheAlgorithmsThatCanAnswer() async throws {
        let algorithms = try await TestGateway().send(.get, "/v1/catalogue")["algorithms"]?.elements
        #expect(algorithms == ["user-neighbors", "classic", "popularity", "trending"].map { .string($0) })
        let gateway = TestGateway(change: { $0.algorithms.append(.ease) })
        #expect(try await gateway.send(.get, "/v1/catalogue")["algorithms"]?.elements?.last == .string("ease"))
        let path = "/v1/users/ann/recommendations"
        #expect(try await gateway.send(.post, path, #"{"algorithm":"ease"}"#).status == 202)
        #expect(try await gateway.send(.post, path, #"{"algorithm":"blend"}"#).code == "invalid_value")
    }
}
