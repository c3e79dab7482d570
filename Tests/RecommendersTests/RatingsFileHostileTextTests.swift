import Testing

@testable import Recommenders

/// Tables of texts whose checksums fit and whose content cannot be, and anything else that chance thinks of.
@Suite struct RatingsFileHostileTextTests {
    let forgery: RatingsFileForgery

    init() throws {
        forgery = try RatingsFileForgery(RatingsFileTests.file(RandomDataset.make(users: 6, items: 8, density: 0.6, seed: 11)))
    }

    static let textSections: [RatingsFileSection] = [.names, .userIDs, .itemIDs, .titles, .genres, .linkNames, .linkTexts]

    @Test(arguments: textSections, [-1, 1 << 31, 1 << 40, 1 << 61, .max, .min, .max / 8])
    func refusesTextsThatReachBeyondTheSection(section: RatingsFileSection, number: Int) throws {
        // The number of texts, the starts, and the end of the last.
        let count = try #require(forgery.sections[section]?.first)
        for index in 0..<Int(count) + 2 {
            var forged = forgery
            forged.set(number, at: 8 * index, of: section)
            let error = RatingsFileForgery.failure(forged.bytes())
            #expect(error?.code == .damaged && error?.message.contains("\(section.name):") == true)
        }
    }

    @Test(
        arguments: textSections,
        [
            [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xFF], [0x61, 0xFE],
        ] as [[UInt8]]) func refusesWhatIsNoUTF8(section: RatingsFileSection, wrong: [UInt8]) throws
    {
        var forged = forgery
        let content = try #require(forged.sections[section])
        let count = Int(content[0])
        // Texts of the same number, all "xxxxx" but one.
        let texts = (0..<count).map { $0 == count / 2 ? wrong : Array("xxxxx".utf8) }
        forged.sections[section] = Self.table(texts)
        let reason = "text \(count / 2) is not UTF-8"
        #expect(RatingsFileForgery.failure(forged.bytes()) == .damaged(section, reason))
    }

    @Test func refusesACharacterThatTwoTextsShare() {
        // "aé" and "b" as "a\u{C3}" and "\u{A9}b": together they are UTF-8, neither is alone.
        var forged = forgery
        forged.sections[.names] = Self.table([[0x61, 0xC3], [0xA9, 0x62]])
        #expect(RatingsFileForgery.failure(forged.bytes()) == .damaged(RatingsFileSection.names, "text 0 is not UTF-8"))
    }

    private static func table(_ texts: [[UInt8]]) -> [UInt8] {
        var words = [texts.count, 0]
        for text in texts { words.append(words[words.count - 1] + text.count) }
        return words.span.bytes.withUnsafeBytes { Array($0) } + texts.joined()
    }

    @Test(arguments: [0, 1, 63, 704, 767, 832, 1 << 31, 1 << 62, UInt64(Int64.max), UInt64.max - 7, .max], 0..<22)
    func refusesSectionsThatAreElsewhere(number: UInt64, line: Int) {
        for column in 0..<3 {
            let forged = forgery.bytes { $0[line][column] = $0[line][column] == number ? number ^ 8 : number }
            #expect(RatingsFileForgery.failure(forged)?.code == .damaged)
        }
    }

    @Test func refusesSwappedAndOverlappingSections() {
        for line in 0..<21 {
            #expect(RatingsFileForgery.failure(forgery.bytes { $0.swapAt(line, line + 1) })?.code == .damaged)
            #expect(RatingsFileForgery.failure(forgery.bytes { $0[line + 1] = $0[line] })?.code == .damaged)
        }
        #expect(RatingsFileForgery.failure(forgery.bytes { $0.removeLast() })?.code == .damaged)
        #expect(RatingsFileForgery.failure(forgery.bytes { $0.append([23, 8, 0, 0]) })?.code == .damaged)
    }

    @Test(arguments: 0..<300 as Range<UInt64>) func survivesAnyContent(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        var forged = forgery
        for _ in 0..<Int.random(in: 1..<4, using: &generator) {
            let section = RatingsFileSection.allCases.randomElement(using: &generator) ?? .titles
            var content = forged.sections[section] ?? []
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: content.removeLast(Int.random(in: 0...content.count, using: &generator))
            case 1: content += [UInt8](repeating: UInt8.random(in: 0...255, using: &generator), count: 8)
            case 2:
                let hostile: [UInt64] = [0, 1, 7, 1 << 31, 1 << 32, 1 << 61, UInt64(Int64.max), 1 << 63, .max]
                let offset = Int.random(in: 0..<max(content.count / 8, 1), using: &generator) * 8
                guard content.count >= offset + 8 else { continue }
                withUnsafeBytes(of: hostile.randomElement(using: &generator) ?? 0) {
                    content.replaceSubrange(offset..<offset + 8, with: $0)
                }
            default:
                guard !content.isEmpty else { continue }
                content[Int.random(in: content.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            forged.sections[section] = content
        }
        // Either it is refused, or what it says is possible: then writing it again says the same.
        guard case .success(let dataset) = RatingsFileForgery.read(forged.bytes()) else { return }
        let again = try RatingsFileForgery.read(RatingsFileTests.file(dataset)).get()
        #expect(areEqual(again, dataset))
    }
}
