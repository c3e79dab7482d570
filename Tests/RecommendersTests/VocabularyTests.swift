import Testing

@testable import Recommenders

@Suite struct VocabularyTests {
    @Test(arguments: 0..<30 as Range<UInt64>) func findsWhatADictionaryFinds(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        // Short ids of few letters, so that many are beginnings of others and many that are asked for are not there.
        let letters = ["1", "2", "10", "é", "e\u{301}", "\0", "z"]
        func id() throws -> UserID {
            try UserID(
                (0...Int.random(in: 0..<4, using: &generator)).map { _ in letters.randomElement(using: &generator)! }.joined())
        }
        var indices: [UserID: UInt32] = [:]
        var ids: [UserID] = []
        for _ in 0..<Int.random(in: 0..<200, using: &generator) {
            let id = try id()
            guard indices[id] == nil else { continue }
            indices[id] = UInt32(ids.count)
            ids.append(id)
        }
        let vocabulary = Vocabulary(ids)
        #expect(vocabulary.count == ids.count && Array(vocabulary.ids) == ids)
        for (index, id) in ids.enumerated() {
            #expect(vocabulary.index(of: id) == UInt32(index) && vocabulary[UInt32(index)] == id)
        }
        for _ in 0..<200 {
            let id = try id()
            #expect(vocabulary.index(of: id) == indices[id])
        }
        #expect(try Array(Vocabulary<UserID>(texts: vocabulary.ids.texts, order: vocabulary.order).ids) == ids)
    }

    @Test func tellsLookalikesApart() throws {
        let vocabulary = Vocabulary([try ItemID("\u{E9}"), try ItemID("e\u{301}"), try ItemID("e")])
        #expect(try vocabulary.index(of: ItemID("\u{E9}")) == 0)
        #expect(try vocabulary.index(of: ItemID("e\u{301}")) == 1)
        #expect(try vocabulary.index(of: ItemID("e")) == 2)
        #expect(try vocabulary.index(of: ItemID("\u{301}")) == nil)
    }

    @Test func refusesAnIDTwice() async {
        await #expect(processExitsWith: .failure) { _ = Vocabulary([try UserID("b"), try UserID("a"), try UserID("b")]) }
    }
}
