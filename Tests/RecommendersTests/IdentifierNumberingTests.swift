import Testing

@testable import Recommenders

@Suite struct IdentifierNumberingTests {
    @Test(arguments: 0..<12 as Range<UInt64>) func numbersByValueThenByBytes(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let numbers = [0, 1, 9, 10, 63, 64, 4_194_303, 4_194_304, 10_000_000, 99_999_999_999]
        let texts = ["00", "07", "+7", "a", "ab", "abcdefgh", "abcdefgha", "abcdefghb", "é", "1234567890123456789", "-1"]
        let ids = (numbers.map(String.init) + texts).filter { _ in Bool.random(using: &generator) }
        var tables = [RawIdentifiers(), RawIdentifiers()]
        var small = SmallNumberSet()
        var raws: [(raw: UInt32, table: Int, id: String)] = []
        for id in ids.shuffled(using: &generator) + ids.shuffled(using: &generator) {
            let bytes = Array(id.utf8)
            let table = Int.random(in: 0..<2, using: &generator)
            let field = RowScanner.Field(range: bytes.indices, hasDoubledQuotes: false)
            let raw = tables[table].add(field, in: bytes.span)
            #expect(tables[table].find(field, in: bytes.span) == raw)
            if raw < RawIdentifiers.smallLimit { small.insert(raw) }
            raws.append((raw, table, id))
        }
        let numbering = IdentifierNumbering(small: small, tables: tables.map(\.texts))
        let expected =
            numbers.map(String.init).filter(ids.contains)
            + texts.filter(ids.contains).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(numbering.texts == expected)
        for (raw, table, id) in raws { #expect(numbering.texts[Int(numbering.rank(of: raw, table: table))] == id) }
    }

    @Test func findsEveryOfManyTexts() {
        var texts = IdentifierTexts()
        let all = (0..<3000).map { Array("text \($0 * 7919 % 3000)".utf8) }
        for (number, text) in all.enumerated() { #expect(texts.add(text.span) == number) }
        for (number, text) in all.enumerated() {
            #expect(texts.add(text.span) == number && texts.number(of: text.span) == UInt32(number))
            #expect(texts.withBytes(of: number) { Array($0) } == text)
        }
        #expect(texts.count == 3000 && texts.number(of: Array("text".utf8).span) == nil)
    }

    @Test func keepsTheNumbersOfASet() {
        var generator = SeededGenerator(3)
        let numbers = Set((0..<100).map { _ in UInt32.random(in: 0..<5000, using: &generator) } + [RawIdentifiers.smallLimit - 1])
        var left = SmallNumberSet()
        var right = SmallNumberSet()
        for number in numbers { if number % 2 == 0 { left.insert(number) } else { right.insert(number) } }
        left.formUnion(right)
        var found: [Int] = []
        left.forEach { found.append($0) }
        #expect(found == numbers.map(Int.init).sorted() && left.limit == Int(RawIdentifiers.smallLimit))
        #expect(SmallNumberSet().limit == 0)
        #expect((0..<5000).allSatisfy { left.contains($0) == numbers.contains($0) })
    }
}
