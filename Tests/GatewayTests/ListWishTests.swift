import Hummingbird
import Jobs
import Messaging
import Recommenders
import Testing

@testable import Gateway

/// What a list can be asked for, and what not.
@Suite struct ListWishTests {
    @Test func everyWishReachesTheQueueAndIsRepeated() async throws {
        let gateway = TestGateway()
        let body = """
            {"count":200,"genres":["Comedy"],"excludedGenres":["Horror"],"years":{"from":1980,"through":1999},\
            "attributes":{"imdb":["0114709"],"year":["1995","1985"]},"items":["1","gone"],"excludedItems":["2"],"excludeShown":true,\
            "boosts":[{"genre":"Comedy","strength":1.5},{"item":"1","strength":-2},\
            {"attribute":"year","value":"1995","strength":0.25}],"pinned":[{"item":"4","rank":3}],"diversity":0.5,\
            "exploration":{"share":0.125,"seed":7}}
            """
        let answer = try await gateway.send(.post, "/v1/users/ann/recommendations", body)
        #expect(answer.status == 202, "\(answer.text)")
        var query = RecommendationQuery(count: 200, genres: ["Comedy"])
        query.excludedGenres = ["Horror"]
        query.years = YearRange(from: 1980, through: 1999)
        query.attributes = ["imdb": ["0114709"], "year": ["1995", "1985"]]
        query.items = [try ItemID("1"), try ItemID("gone")]
        query.excludedItems = [try ItemID("2")]
        query.excludesShown = true
        query.boosts = [
            Boost(.genre("Comedy"), strength: 1.5), Boost(.item(try ItemID("1")), strength: -2),
            Boost(.attribute(name: "year", value: "1995"), strength: 0.25),
        ]
        query.pinned = [PinnedItem(try ItemID("4"), rank: 3)]
        query.diversity = 0.5
        query.exploration = Exploration(share: 0.125, seed: 7)
        #expect(gateway.queue.waitingJobs.last?.task == .recommend(.user(try UserID("ann")), query))
        // What is answered is what was sent.
        guard case .object(var repeated)? = answer["request"] else {
            Issue.record("\(answer.text)")
            return
        }
        repeated["priority"] = nil
        #expect(try JSONParser.parse(Array(body.utf8)) == .object(repeated))

        let rows = #"{"ratings":[],"rows":{"count":2,"length":5,"genres":["Comedy","Horror"]}}"#
        #expect(try await gateway.send(.post, "/v1/recommendations", rows).status == 202)
        query = RecommendationQuery()
        query.rows = RowRequest(count: 2, length: 5, genres: ["Comedy", "Horror"])
        #expect(gateway.queue.waitingJobs.last?.task == .recommend(.guest([]), query))
    }

    @Test func askingForNothingIsAskingForTheUsual() async throws {
        let gateway = TestGateway()
        for body in [
            #"{"excludedGenres":[],"years":{},"attributes":{},"items":[],"excludedItems":[],"boosts":[],"pinned":[]}"#,
            #"{"excludedGenres":null,"years":null,"attributes":null,"items":null,"excludeShown":null,"diversity":null,"rows":null}"#,
            #"{"attributes":{"year":[]}}"#,
        ] {
            #expect(try await gateway.send(.post, "/v1/users/ann/recommendations", body).status == 202)
            let task = gateway.queue.waitingJobs.last?.task
            #expect(task == .recommend(.user(try UserID("ann")), RecommendationQuery()), "\(body)")
        }
    }

    @Test(arguments: [
        (#"{"count":501}"#, "invalid_value", "#/count"),
        (#"{"excludedGenres":["Comedy","Western"]}"#, "invalid_value", "#/excludedGenres/1"),
        (#"{"years":{"from":1999,"through":1980}}"#, "invalid_value", "#/years/through"),
        (#"{"years":{"until":1980}}"#, "unknown_field", "#/years/until"),
        (#"{"years":[1980,1999]}"#, "wrong_type", "#/years"),
        (#"{"years":{"from":10000}}"#, "invalid_value", "#/years/from"),
        (#"{"attributes":{"colour":["red"]}}"#, "invalid_value", "#/attributes/colour"),
        (#"{"attributes":{"year":"1999"}}"#, "wrong_type", "#/attributes/year"),
        (#"{"attributes":{"year":[""]}}"#, "invalid_value", "#/attributes/year/0"),
        (#"{"items":["1",""]}"#, "invalid_item_id", "#/items/1"),
        (#"{"excludedItems":[1]}"#, "wrong_type", "#/excludedItems"),
        (#"{"excludeShown":"yes"}"#, "wrong_type", "#/excludeShown"),
        (#"{"boosts":[{"genre":"Comedy"}]}"#, "missing_field", "#/boosts/0/strength"),
        (#"{"boosts":[{"genre":"Western","strength":1}]}"#, "invalid_value", "#/boosts/0/genre"),
        (#"{"boosts":[{"genre":"Comedy","strength":10.5}]}"#, "invalid_value", "#/boosts/0/strength"),
        (#"{"boosts":[{"genre":"Comedy","item":"1","strength":1}]}"#, "invalid_value", "#/boosts/0"),
        (#"{"boosts":[{"attribute":"year","strength":1}]}"#, "invalid_value", "#/boosts/0"),
        (#"{"boosts":[{"strength":1}]}"#, "invalid_value", "#/boosts/0"),
        (#"{"boosts":[{"item":"nowhere","strength":1}]}"#, "unknown_item", "#/boosts/0/item"),
        (#"{"pinned":[{"item":"1","rank":0}]}"#, "invalid_value", "#/pinned/0/rank"),
        (#"{"pinned":[{"item":"1"}]}"#, "missing_field", "#/pinned/0/rank"),
        (#"{"pinned":[{"item":"1","rank":1},{"item":"nowhere","rank":2}]}"#, "unknown_item", "#/pinned/1/item"),
        (#"{"pinned":[1]}"#, "wrong_type", "#/pinned/0"),
        (#"{"diversity":1.5}"#, "invalid_value", "#/diversity"),
        (#"{"exploration":{"seed":1}}"#, "missing_field", "#/exploration/share"),
        (#"{"exploration":{"share":0.5,"seed":-1}}"#, "invalid_value", "#/exploration/seed"),
        (#"{"exploration":{"share":2}}"#, "invalid_value", "#/exploration/share"),
        (#"{"rows":{"count":21}}"#, "invalid_value", "#/rows/count"),
        (#"{"rows":{"length":0}}"#, "invalid_value", "#/rows/length"),
        (#"{"rows":{"genres":["Western"]}}"#, "invalid_value", "#/rows/genres/0"),
        (#"{"rows":{},"count":3}"#, "invalid_value", "#/count"),
    ])
    func saysWhatIsWrong(body: String, code: String, pointer: String) async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.post, "/v1/users/ann/recommendations", body)
        #expect(answer.code == code, "\(answer.text)")
        #expect(answer["errors", "0", "pointer"] == .string(pointer), "\(answer.text)")
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    @Test(arguments: [
        ("excludedItems", #""1""#, 1000), ("items", #""1""#, 1000), ("excludedGenres", #""Comedy""#, 1000),
        ("boosts", #"{"item":"1","strength":1}"#, 100), ("pinned", #"{"item":"1","rank":1}"#, 100),
    ])
    func takesSoManyAndNoMore(field: String, element: String, limit: Int) async throws {
        let gateway = TestGateway()
        for (count, status) in [(limit, 202), (limit + 1, 422)] {
            let body = #"{"\#(field)":[\#(Array(repeating: element, count: count).joined(separator: ","))]}"#
            #expect(try await gateway.send(.post, "/v1/users/ann/recommendations", body).status == status)
        }
    }

    @Test func theCatalogueSaysWhatListsCanBeFilteredBy() async throws {
        let answer = try await TestGateway().send(.get, "/v1/catalogue")
        #expect(answer["years"] == .object(["from": .number(1979), "through": .number(1997)]))
        #expect(answer["attributes"] == .array([.string("genre"), .string("imdb"), .string("year")]))
        #expect(answer["defaults", "excludeShown"] == .bool(false))
    }
}
