import Hummingbird
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

@Suite struct ImpressionRouteTests {
    @Test func notesWhatWasShown() async throws {
        let clock = ManualClock()
        let gateway = TestGateway(now: { clock.now })
        let user = try UserID("ann")
        let answer = try await gateway.send(.post, "/v1/users/ann/impressions", #"{"items":["1","a/b","1"]}"#)
        #expect(answer.status == 204)
        #expect(answer.bytes.isEmpty)
        let shown = try await gateway.storage.items(shownTo: user, since: clock.now)
        #expect(Set(shown) == [try ItemID("1"), try ItemID("a/b")])
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    @Test func keepsNoMoreThanItIsTold() async throws {
        var configuration = GatewayConfiguration()
        configuration.impressionPolicy.maximumItems = 2
        let clock = ManualClock()
        let gateway = TestGateway(configuration: configuration, now: { clock.now })
        for item in ["1", "2", "3"] {
            #expect(try await gateway.send(.post, "/v1/users/ann/impressions", #"{"items":["\#(item)"]}"#).status == 204)
            clock.advance(by: .seconds(1))
        }
        let shown = try await gateway.storage.items(shownTo: UserID("ann"), since: Timestamp(milliseconds: 0))
        #expect(Set(shown) == [try ItemID("2"), try ItemID("3")])
    }

    @Test(arguments: [
        (#"{"items":[]}"#, "invalid_value", "#/items"), (#"{}"#, "missing_field", "#/items"),
        (#"{"items":["1","nowhere"]}"#, "unknown_item", "#/items/1"), (#"{"items":[1]}"#, "wrong_type", "#/items"),
        (#"{"items":["1"],"at":1}"#, "unknown_field", "#/at"),
    ])
    func saysWhatIsWrong(body: String, code: String, pointer: String) async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.post, "/v1/users/ann/impressions", body)
        #expect(answer.code == code, "\(answer.text)")
        #expect(answer["errors", "0", "pointer"] == .string(pointer))
        let many = Array(repeating: #""1""#, count: 501).joined(separator: ",")
        #expect(try await gateway.send(.post, "/v1/users/ann/impressions", #"{"items":[\#(many)]}"#).code == "invalid_value")
        #expect(try await gateway.storage.items(shownTo: UserID("ann"), since: Timestamp(milliseconds: 0)) == [])
    }
}
