import Foundation
import Recommenders
import Testing

@Suite struct RatingVersionTests {
    @Test(arguments: 0..<100 as Range<UInt64>) func sortsAsItsText(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        func random() -> RatingVersion {
            // Few different values, so that ties of the clock occur.
            let clock = Bool.random(using: &generator) ? UInt64.random(in: 0..<4, using: &generator) << 40 : generator.next()
            return RatingVersion(clock: clock, origin: UInt32.random(in: 0..<3, using: &generator) << 20)
        }
        let (left, right) = (random(), random())
        #expect((left < right) == (left.description < right.description))
        #expect((left == right) == (left.description == right.description))
        #expect(left.description.utf8.count == RatingVersion.textByteCount)
        #expect(RatingVersion(left.description) == left)
        #expect(try JSONDecoder().decode([RatingVersion].self, from: JSONEncoder().encode([left])) == [left])
    }

    @Test func writesItselfInHexadecimal() {
        #expect(RatingVersion(clock: 0x1234, origin: 0xABC).description == "000000000000123400000abc")
        #expect(RatingVersion(milliseconds: 3, origin: 0) == RatingVersion(clock: 3 << 20, origin: 0))
        #expect(RatingVersion(clock: 3 << 20 | 5, origin: 0).milliseconds == 3)
    }

    @Test(arguments: [
        "", "00000000000012340000abc", "0000000000001234000000abc", "000000000000123400000ABC", "00000000000012340000 abc",
        "+00000000000123400000abc", "0000000000001234-0000abc", "é00000000000123400000ab",
    ]) func refusesOtherTexts(text: String) {
        #expect(RatingVersion(text) == nil)
    }

    @Test func goesOnlyForwardAlsoWhenTheClockDoesNot() {
        var version = RatingVersion(milliseconds: 100, origin: 7)
        for milliseconds in [100, 100, 99, 5, 101, 101, 100] as [UInt64] {
            let next = version.next(milliseconds: milliseconds)
            #expect(next > version && next.origin == 7 && next.milliseconds >= milliseconds)
            version = next
        }
        #expect(version == RatingVersion(clock: 101 << 20 | 2, origin: 7))
    }
}
