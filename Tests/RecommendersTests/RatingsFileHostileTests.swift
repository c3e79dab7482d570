import Testing

@testable import Recommenders

/// Files whose checksums fit and whose content cannot be.
@Suite struct RatingsFileHostileTests {
    let bytes: [UInt8]

    init() throws {
        bytes = try RatingsFileTests.file(RandomDataset.make(users: 6, items: 8, density: 0.6, seed: 11))
    }

    @Test func readsAForgeryThatChangesNothing() throws {
        #expect(try RatingsFileForgery(bytes).bytes() == bytes)
    }

    @Test(arguments: [0, 1, 63, 704, 767, 832, 1 << 31, 1 << 62, UInt64(Int64.max), UInt64.max - 7, .max], 0..<22)
    func refusesSectionsThatAreElsewhere(number: UInt64, line: Int) throws {
        let forgery = try RatingsFileForgery(bytes)
        for column in 0..<3 {
            let forged = forgery.bytes { $0[line][column] = $0[line][column] == number ? number ^ 8 : number }
            #expect(RatingsFileForgery.failure(forged)?.code == .damaged)
        }
    }

    @Test func refusesSwappedAndOverlappingSections() throws {
        let forgery = try RatingsFileForgery(bytes)
        for line in 0..<21 {
            #expect(RatingsFileForgery.failure(forgery.bytes { $0.swapAt(line, line + 1) })?.code == .damaged)
            #expect(RatingsFileForgery.failure(forgery.bytes { $0[line + 1] = $0[line] })?.code == .damaged)
        }
        #expect(RatingsFileForgery.failure(forgery.bytes { $0.removeLast() })?.code == .damaged)
        #expect(RatingsFileForgery.failure(forgery.bytes { $0.append([23, 8, 0, 0]) })?.code == .damaged)
    }

    @Test(arguments: [24, 32, 40], [7, 1 << 20, 1 << 31, 1 << 61, UInt64(Int64.max), .max] as [UInt64])
    func refusesWrongCounts(offset: Int, count: UInt64) throws {
        var forgery = try RatingsFileForgery(bytes)
        let isWrong = forgery.sections[.properties]?[offset] != UInt8(truncatingIfNeeded: count)
        forgery.set(isWrong ? count : count &+ 1, at: offset, of: .properties)
        #expect(RatingsFileForgery.failure(forgery.bytes())?.code == .damaged)
    }

    @Test(
        arguments: [
            (.rowItems, 0, 8), (.rowItems, 0, .max), (.columnUsers, 0, 6), (.columnUsers, 4, .max), (.genreIndices, 0, 99),
            (.linkNameIndices, 0, 2), (.userOrder, 0, 6), (.userOrder, 0, .max), (.itemOrder, 28, 8),
        ] as [(RatingsFileSection, Int, UInt32)]) func refusesImpossibleNumbers(
            section: RatingsFileSection, offset: Int, number: UInt32
        ) throws
    {
        var forgery = try RatingsFileForgery(bytes)
        forgery.set(number, at: offset, of: section)
        #expect(RatingsFileForgery.failure(forgery.bytes())?.message.contains("\(section.name):") == true)
    }

    @Test(
        arguments: [
            RatingsFileSection.rowStarts, .columnStarts, .genreStarts, .linkStarts,
        ], [-1, 1 << 40, Int.max, Int.min]) func refusesListsThatEndBeforeTheyStart(section: RatingsFileSection, start: Int)
        throws
    {
        for index in 0..<7 {
            var forgery = try RatingsFileForgery(bytes)
            forgery.set(start, at: 8 * index, of: section)
            #expect(RatingsFileForgery.failure(forgery.bytes())?.message.contains("\(section.name):") == true)
        }
    }

    @Test(arguments: [RatingsFileSection.userIDs, .itemIDs, .titles, .genres, .linkNames, .linkTexts], [-1, 1 << 40, Int.max])
    func refusesTextsThatReachBeyondTheSection(section: RatingsFileSection, number: Int) throws {
        for index in 0..<3 {
            var forgery = try RatingsFileForgery(bytes)
            forgery.set(number, at: 8 * index, of: section)
            #expect(RatingsFileForgery.failure(forgery.bytes())?.message.contains("\(section.name):") == true)
        }
    }

    @Test func refusesRowsThatDoNotAscendAndRepeatedIDs() throws {
        var twice = try RatingsFileForgery(bytes)
        let first = Array(try #require(twice.sections[.rowItems])[..<4])
        twice.sections[.rowItems]?.replaceSubrange(4..<8, with: first)
        #expect(
            RatingsFileForgery.failure(twice.bytes())
                == .damaged(RatingsFileSection.rowItems, "the indices of a list do not ascend, or one is not below 8"))

        var sameUser = try RatingsFileForgery(bytes)
        sameUser.setUserIDs(["a", "b", "c", "d", "e", "a"])
        #expect(RatingsFileForgery.failure(sameUser.bytes()) == .damaged(RatingsFileSection.userIDs, "an id is in it twice"))
        sameUser.setUserIDs(["a", "b", "c", "", "e", "f"])
        #expect(RatingsFileForgery.failure(sameUser.bytes()) == .damaged(RatingsFileSection.userIDs, "an id has 0 bytes"))
        sameUser.setUserIDs(["a", "b", "c", "d", "e\u{301}", "\u{E9}"])
        #expect(RatingsFileForgery.failure(sameUser.bytes()) == nil)
    }

    @Test(arguments: [0, 11, 255] as [UInt8]) func refusesCodesOffTheScale(code: UInt8) throws {
        var forgery = try RatingsFileForgery(bytes)
        forgery.sections[.rowCodes]?[0] = code
        #expect(
            RatingsFileForgery.failure(forgery.bytes()) == .damaged(RatingsFileSection.rowCodes, "a code is not between 1 and 10")
        )
    }

    @Test func refusesColumnsThatAreNotTheRows() throws {
        var forgery = try RatingsFileForgery(bytes)
        let code = try #require(forgery.sections[.columnCodes]?[0])
        forgery.sections[.columnCodes]?[0] = code == 1 ? 2 : 1
        #expect(
            RatingsFileForgery.failure(forgery.bytes())
                == .damaged(RatingsFileSection.columnUsers, "the columns do not hold what the rows hold"))
    }

    @Test(arguments: 0..<600 as Range<UInt64>) func survivesAnyContent(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        var forgery = try RatingsFileForgery(bytes)
        for _ in 0..<Int.random(in: 1..<4, using: &generator) {
            let section = RatingsFileSection.allCases.randomElement(using: &generator) ?? .titles
            var content = forgery.sections[section] ?? []
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
            forgery.sections[section] = content
        }
        let forged = forgery.bytes()
        // Either it is refused, or what it says is possible: then writing it again says the same.
        guard case .success(let dataset) = RatingsFileForgery.read(forged) else { return }
        let again = try RatingsFileForgery.read(RatingsFileTests.file(dataset)).get()
        #expect(areEqual(again, dataset))
    }
}
