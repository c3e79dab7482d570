import Foundation
import Testing

@testable import Recommenders

@Suite struct IdentifierTests {
    @Test(arguments: ["", String(repeating: "a", count: 129), String(repeating: "é", count: 65)])
    func refusesEmptyAndLongTexts(text: String) {
        #expect(throws: InvalidIdentifier(byteCount: text.utf8.count)) { try UserID(text) }
        #expect(throws: InvalidIdentifier(byteCount: text.utf8.count)) { try ItemID(text) }
        #expect(throws: (any Error).self) { try JSONDecoder().decode(ItemID.self, from: JSONEncoder().encode(text)) }
    }

    @Test func comparesBytes() throws {
        // In Swift the two texts are equal.
        #expect("e\u{301}" == "\u{E9}")
        #expect(try UserID("e\u{301}") != UserID("\u{E9}"))
        #expect(try Set([ItemID("e\u{301}"), ItemID("\u{E9}"), ItemID("\u{E9}")]).count == 2)
        #expect(try UserID("a") == UserID("a") && UserID("a").hashValue == UserID("a").hashValue)
    }
}
