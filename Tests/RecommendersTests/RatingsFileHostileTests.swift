import Testing

@testable import Recommenders

/// Files whose checksums fit and whose content cannot be.
@Suite struct RatingsFileHostileTests {
    let forgery: RatingsFileForgery

    init() throws {
        forgery = try RatingsFileForgery(RatingsFileTests.file(RandomDataset.make(users: 6, items: 8, density: 0.6, seed: 11)))
    }

    private func expectRefusal(
        naming section: RatingsFileSection, because reason: String? = nil, location: SourceLocation = #_sourceLocation,
        after change: (inout RatingsFileForgery) -> Void
    ) {
        var forged = forgery
        change(&forged)
        let error = RatingsFileForgery.failure(forged.bytes())
        #expect(error?.code == .damaged, sourceLocation: location)
        let message = error?.message ?? "no error"
        #expect(message.contains("damaged in its \(section.name): \(reason ?? "")"), sourceLocation: location)
        #expect(message.hasSuffix("; import the data set again"), sourceLocation: location)
    }

    @Test func readsAForgeryThatChangesNothing() throws {
        let bytes = forgery.bytes()
        #expect(try RatingsFileForgery(bytes).bytes() == bytes)
        #expect(RatingsFileForgery.failure(bytes) == nil)
    }

    @Test(arguments: RatingsFileSection.allCases) func refusesSectionsOfAnotherLength(section: RatingsFileSection) throws {
        let content = try #require(forgery.sections[section])
        // How long these two have to be is said where their lists start.
        let starts: [RatingsFileSection: RatingsFileSection] = [.genreIndices: .genreStarts, .linkNameIndices: .linkStarts]
        for count in [0, 1, 4, 8, 64].flatMap({ [content.count + $0, content.count - $0] }) + [0] {
            guard count >= 0, count != content.count else { continue }
            // A file may be without it.
            if section == .rowTimeOrder, count == 0 { continue }
            expectRefusal(naming: count / 4 == content.count / 4 ? section : starts[section] ?? section) {
                $0.sections[section] = Array(content.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - content.count))
            }
        }
    }

    @Test(arguments: [24, 32, 40], [7, 1 << 20, 1 << 31, 0xFFFF_FFFE, 0xFFFF_FFFF, 1 << 32, 1 << 61, 1 << 63, .max] as [UInt64])
    func refusesWrongCounts(offset: Int, count: UInt64) {
        var forged = forgery
        forged.set(count, at: offset, of: .properties)
        #expect(RatingsFileForgery.failure(forged.bytes())?.code == .damaged)
        if count >= UInt32.max {
            expectRefusal(naming: .properties, because: "its counts are impossible") {
                $0.set(count, at: offset, of: .properties)
            }
        }
    }

    @Test(arguments: [2, 255, 1 << 32, .max] as [UInt64]) func refusesAnOffsetThatIsNeitherThereNorNot(flag: UInt64) {
        expectRefusal(naming: .properties) { $0.set(flag, at: 48, of: .properties) }
    }

    @Test(
        arguments: [0, 8, 16],
        [.nan, .signalingNaN, .infinity, -.infinity, 1e308, -1e308, 1e10, -1e10, 0.7] as [Double])
    func refusesScalesThatAreNone(offset: Int, number: Double) {
        expectRefusal(naming: .properties, because: "its rating scale is none") {
            $0.set(number.bitPattern, at: offset, of: .properties)
        }
    }

    @Test(
        arguments: [
            (.rowItems, 8), (.columnUsers, 6), (.genreIndices, 4), (.linkNameIndices, 2), (.userOrder, 6), (.itemOrder, 8),
        ] as [(RatingsFileSection, UInt32)]) func refusesIndicesOutOfRange(section: RatingsFileSection, limit: UInt32)
    {
        for offset in stride(from: 0, to: forgery.sections[section]?.count ?? 0, by: 4) {
            for index in [limit, limit + 1, 1 << 31, .max - 1, .max] {
                expectRefusal(naming: section) { $0.set(index, at: offset, of: section) }
            }
        }
    }

    @Test(arguments: [RatingsFileSection.rowStarts, .columnStarts, .genreStarts, .linkStarts])
    func refusesListsThatDescendOrEndWrong(section: RatingsFileSection) throws {
        let count = try #require(forgery.sections[section]?.count) / 8
        for index in 0..<count {
            for start in [-1, 1 << 40, .max, .min, .max / 8 + 1] {
                expectRefusal(naming: section) { $0.set(start, at: 8 * index, of: section) }
            }
        }
        // The first list begins behind the beginning, the last ends before the end.
        expectRefusal(naming: section, because: "it does not go from 0 to ") { $0.set(1, at: 0, of: section) }
        expectRefusal(naming: section, because: "it does not go from 0 to ") { $0.set(0, at: 8 * (count - 1), of: section) }
        expectRefusal(naming: section, because: "list 2 ends before it starts") {
            $0.set(9, at: 16, of: section)
            $0.set(8, at: 24, of: section)
        }
    }

    @Test func refusesListsThatDoNotAscend() throws {
        let matrix = try RatingsFileForgery.read(forgery.bytes()).get().ratings
        let lists: [(section: RatingsFileSection, starts: FlatArray<Int>, indices: FlatArray<UInt32>, limit: Int)] = [
            (.rowItems, matrix.rowStarts, matrix.items, 8), (.columnUsers, matrix.columnStarts, matrix.users, 6),
        ]
        for (section, starts, indices, limit) in lists {
            let reason = "the indices of a list do not ascend, or one is not below \(limit)"
            for list in starts.indices.dropLast() {
                for place in (starts[list]..<starts[list + 1]).dropFirst() {
                    let (before, here) = (indices[place - 1], indices[place])
                    expectRefusal(naming: section, because: reason) { $0.set(before, at: 4 * place, of: section) }
                    expectRefusal(naming: section, because: reason) { $0.set(here, at: 4 * (place - 1), of: section) }
                    expectRefusal(naming: section, because: reason) {
                        $0.set(here, at: 4 * (place - 1), of: section)
                        $0.set(before, at: 4 * place, of: section)
                    }
                }
            }
        }
    }

    @Test(arguments: [0, 11, 12, 128, 255] as [UInt8], [RatingsFileSection.rowCodes, .columnCodes])
    func refusesCodesOffTheScale(code: UInt8, section: RatingsFileSection) {
        for place in forgery.sections[section]!.indices {
            expectRefusal(naming: section, because: "a code is not between 1 and 10") { $0.sections[section]![place] = code }
        }
    }

    @Test func refusesColumnsThatAreNotTheRows() throws {
        let reason = "the columns do not hold what the rows hold"
        let codes = try #require(forgery.sections[.columnCodes])
        for place in codes.indices {
            expectRefusal(naming: .columnUsers, because: reason) { $0.sections[.columnCodes]![place] = codes[place] == 1 ? 2 : 1 }
            // Two ratings of one item change places, so that all sums of codes stay as they are.
            guard place > 0, codes[place - 1] != codes[place] else { continue }
            expectRefusal(naming: .columnUsers, because: reason) { $0.sections[.columnCodes]!.swapAt(place - 1, place) }
        }
        // The rating of one item by one user becomes another user's: the first column that lacks one.
        let matrix = try RatingsFileForgery.read(forgery.bytes()).get().ratings
        let (item, user) = try #require(
            (0..<8).lazy.compactMap { item in
                let users = matrix.users[matrix.column(item)]
                return users.isEmpty || users.last == 5 ? nil : (item, users.last!)
            }.first)
        expectRefusal(naming: .columnUsers, because: reason) {
            $0.set(user + 1, at: 4 * (matrix.columnStarts[item + 1] - 1), of: .columnUsers)
        }
        // The last rating of one item becomes the next one's first.
        let border = try #require((0..<7).first { !matrix.column($0).isEmpty && !matrix.column($0 + 1).isEmpty })
        var moved = forgery
        moved.set(matrix.columnStarts[border + 1] - 1, at: 8 * (border + 1), of: .columnStarts)
        #expect(RatingsFileForgery.failure(moved.bytes())?.message.contains(RatingsFileSection.columnUsers.name) == true)
    }

    @Test func refusesIDsThatAreNone() {
        for (id, count) in [("", 0), (String(repeating: "x", count: 129), 129), (String(repeating: "é", count: 65), 130)] {
            for place in 0..<6 {
                var ids = ["a", "b", "c", "d", "e", "f"]
                ids[place] = id
                expectRefusal(naming: .userIDs, because: "an id has \(count) bytes") { $0.setUserIDs(ids) }
            }
        }
        expectRefusal(naming: .userIDs, because: "an id is in it twice") { $0.setUserIDs(["a", "b", "c", "d", "e", "a"]) }
        // Equal for Swift, and two ids for everybody else.
        var lookalikes = forgery
        lookalikes.setUserIDs(["a", "b", "c", "d", "e\u{301}", "\u{E9}"])
        #expect(RatingsFileForgery.failure(lookalikes.bytes()) == nil)
    }

    @Test(arguments: [RatingsFileSection.userOrder, .itemOrder]) func refusesOrdersThatAreNone(section: RatingsFileSection) {
        let reason = "it is not the order of the ids"
        for place in 1..<6 {
            expectRefusal(naming: section, because: reason) {
                let order = Array($0.sections[section]![4 * place - 4..<4 * place + 4])
                $0.sections[section]!.replaceSubrange(4 * place - 4..<4 * place + 4, with: order[4...] + order[..<4])
            }
        }
        // One index twice and one not at all.
        expectRefusal(naming: section == .userOrder ? .userIDs : .itemIDs, because: "an id is in it twice") {
            $0.set(0 as UInt32, at: 0, of: section)
            $0.set(0 as UInt32, at: 4, of: section)
        }
    }
}
