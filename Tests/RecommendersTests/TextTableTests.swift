import Testing

@testable import Recommenders

@Suite struct TextTableTests {
    static let letters = ["a", "b", "z", "\0", "é", "e\u{301}", "日", "🎬", "\u{10FFFF}", "\u{7F}", "\u{80}"]

    private func texts(using generator: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 0..<20, using: &generator)).map { _ in
            (0..<Int.random(in: 0..<4, using: &generator)).map { _ in Self.letters.randomElement(using: &generator)! }.joined()
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func givesBackWhatWasStored(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let texts = texts(using: &generator)
        let table = TextTable(texts)
        #expect(table.count == texts.count && table.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
        for count in [nil, texts.count] {
            let read = try TextTable(reading: FlatArray(table.stored), count: count, section: RatingsFileSection.titles)
            #expect(read == table && read.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
        }
        #expect(throws: StoredFileError.self) {
            try TextTable(reading: FlatArray(table.stored), count: texts.count + 1, section: RatingsFileSection.titles)
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func comparesBytes(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let texts = texts(using: &generator)
        let table = TextTable(texts)
        for (index, text) in texts.enumerated() {
            for other in texts {
                let bytes = Array(other.utf8)
                let order = bytes.withUnsafeBufferPointer { table.compare(index, with: $0) }
                let expected = text.utf8.elementsEqual(bytes) ? 0 : text.utf8.lexicographicallyPrecedes(bytes) ? -1 : 1
                #expect(order.signum() == expected)
            }
        }
    }

    @Test func holdsTheEmptyTextAndNone() {
        #expect(Array(TextTable([""])) == [""] && TextTable([]).isEmpty)
        #expect(TextTable(["", ""]) != TextTable([""]) && TextTable(["ab", "c"]) != TextTable(["a", "bc"]))
    }
}
