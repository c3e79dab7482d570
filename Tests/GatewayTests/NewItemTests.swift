import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

/// Items that came in since the ratings file was made.
@Suite struct NewItemTests {
    private static let description = #"{"title":"Brand New","year":2026,"genres":["Comedy","Drama"]}"#

    @Test func anItemThatWasDescribedIsShownAndCanBeRated() async throws {
        let gateway = TestGateway()
        let path = "/v1/users/eve/ratings/brand%2Fnew"
        #expect(try await gateway.send(.put, path, #"{"rating":4}"#).code == "unknown_item")
        let answer = try await gateway.send(.put, "/v1/items/brand%2Fnew", Self.description)
        #expect(answer.status == 200 && answer["id"] == .string("brand/new") && answer["title"] == .string("Brand New"))
        #expect(answer["year"] == .number(2026) && answer["genres"] == .array([.string("Comedy"), .string("Drama")]))
        #expect(answer["ratingCount"] == .number(0) && answer["meanRating"] == .null)
        let shown = try await gateway.send(.get, "/v1/items/brand%2Fnew")
        #expect(shown.status == 200 && shown.text == answer.text)

        #expect(try await gateway.send(.put, path, #"{"rating":4}"#).status == 202)
        #expect(try await gateway.send(.put, "/v1/users/eve/not-interested/brand%2Fnew").status == 202)
        let many = #"{"ratings":[{"item":"brand/new","rating":5},{"item":"1","rating":5}]}"#
        #expect(try await gateway.send(.post, "/v1/users/eve/ratings", many).status == 202)
        #expect(try await gateway.send(.post, "/v1/recommendations", many).status == 202)
        let items = gateway.queue.waitingJobs.compactMap { job -> [String]? in
            guard case .updateRatings(_, let updates, _) = job.task else { return nil }
            return updates.map(\.item.rawValue)
        }
        #expect(items == [["brand/new"], ["brand/new"], ["brand/new", "1"]])
    }

    @Test func profilesAndListsShowWhatItIs() async throws {
        let gateway = TestGateway()
        _ = try await gateway.send(.put, "/v1/items/new", #"{"title":"Brand New"}"#)
        let (item, user) = (try ItemID("new"), try UserID("eve"))
        let version = RatingVersion(milliseconds: 1000, origin: 1)
        _ = try await gateway.storage.apply([RatingUpdate(item: item, rating: 4, version: version)], for: user)
        let list = RecommendationList(
            algorithm: .userNeighbors, items: [Recommendation(item: item, score: 1, predictedRating: 4, because: [])])
        try await gateway.storage.save(StoredList(generatedAt: .now, list: list), for: user, lifetime: .seconds(60))
        let profile = try await gateway.send(.get, "/v1/users/eve/ratings")
        #expect(profile["ratings", "0", "item", "title"] == .string("Brand New"))
        let shown = try await gateway.send(.get, "/v1/users/eve/recommendations")
        #expect(shown["items", "0", "item", "title"] == .string("Brand New"), "\(shown.text)")
        _ = try await gateway.send(.put, "/v1/items/new", #"{"title":"Renamed"}"#)
        #expect(try await gateway.send(.get, "/v1/items/new")["title"] == .string("Renamed"))
    }

    @Test func otherGatewaysHearOfIt() async throws {
        let store = InMemoryAddedItems()
        let gateways = (0..<2).map { _ in TestGateway(change: { $0.addedItems = store }) }
        _ = try await gateways[0].send(.put, "/v1/items/new", Self.description)
        #expect(try await gateways[1].send(.get, "/v1/items/new").code == "unknown_item")
        await gateways[1].server.newItems.look()
        #expect(try await gateways[1].send(.get, "/v1/items/new")["title"] == .string("Brand New"))
    }

    @Test func nothingIsLikeItYet() async throws {
        let gateway = TestGateway(change: { $0.similarItems = .small })
        _ = try await gateway.send(.put, "/v1/items/new", Self.description)
        #expect(try await gateway.send(.get, "/v1/items/new/similar")["items"] == .array([]))
    }

    /// Of items that a compaction took in without knowing what they are the file has nothing but the id.
    @Test func theFileKnowsBetterUnlessItKnowsTheIDOnly() async throws {
        let small = Dataset.small
        var entries = Array(small.catalogue.entries)
        entries[5] = CatalogueEntry(title: "6")
        let gateway = TestGateway(
            dataset: Dataset(
                name: small.name, scale: small.scale, users: small.users, items: small.items, ratings: small.ratings,
                catalogue: Catalogue(itemKind: "movie", entries: entries)))
        #expect(try await gateway.send(.put, "/v1/items/1", Self.description).code == "item_in_catalogue")
        #expect(try await gateway.send(.get, "/v1/items/1")["title"] == .string("Toy Story"))
        #expect(try await gateway.send(.put, "/v1/items/6", Self.description).status == 200)
        #expect(try await gateway.send(.get, "/v1/items/6")["title"] == .string("Brand New"))
    }

    @Test(arguments: [
        (#"{}"#, "missing_field"), (#"{"title":""}"#, "invalid_value"), (#"{"title":"  "}"#, "invalid_value"),
        (#"{"title":3}"#, "wrong_type"), (#"{"title":"a","year":10000}"#, "invalid_value"),
        (#"{"title":"a","year":1.5}"#, "wrong_type"), (#"{"title":"a","genres":[""]}"#, "invalid_value"),
        (#"{"title":"a","stars":5}"#, "unknown_field"), ("[]", "wrong_type"),
        (#"{"title":"a","genres":["# + Array(repeating: #""b""#, count: 51).joined(separator: ",") + "]}", "invalid_value"),
        (#"{"title":""# + String(repeating: "ä", count: 251) + #""}"#, "invalid_value"),
    ])
    func refusesWhatIsNoDescription(_ body: String, _ code: String) async throws {
        let gateway = TestGateway()
        #expect(try await gateway.send(.put, "/v1/items/new", body).code == code)
        #expect(try await gateway.send(.get, "/v1/items/new").code == "unknown_item")
    }
}
