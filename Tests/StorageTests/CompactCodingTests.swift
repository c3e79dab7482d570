import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct CompactCodingTests {
    @Test func isReadable() throws {
        var writer = CompactWriter(prefix: "99", capacity: 10)
        try list(["50"], seen: .at(1)).write(to: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            text == """
                99[1,1,"user-neighbors","pearson",null,50,"000000000010000000000001",\
                [["50",17.25,4.3125,62.5,[["b50",4.5],["c",5.0]]]]]
                """)
    }

    @Test func listsThatSayMoreAreOfTheSecondForm() throws {
        var stored = try list(["50", "60"], seen: nil)
        stored.list.items[0].because = [Because(item: try ItemID("b"), rating: 4.5, contribution: 0.25)]
        stored.list.items[0].parts = ScoreParts(others: 0.5, base: -1, boost: 2)
        stored.list.items[1].placement = .filled
        stored.list.items[1].parts = ScoreParts(members: [1.5, -0.5])
        stored.list.rows = [RecommendationRow(genre: "Drama", count: 2)]
        var writer = CompactWriter(prefix: "", capacity: 10)
        stored.write(to: &writer)
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == """
                [2,1,"user-neighbors","pearson",null,50,null,[["50",17.25,4.3125,62.5,[["b",4.5,0.25]],[0.5,-1.0,2.0],null],\
                ["60",8.625,4.3125,62.5,[["b60",4.5,null],["c",5.0,null]],[0.0,0.0,0.0,1.5,-0.5],"filled"]],[["Drama",2]],[]]
                """)
        var reader = CompactReader(writer.bytes[...], from: 0)
        #expect(try StoredList(reading: &reader) == stored)
        let isAtEnd = reader.isAtEnd
        #expect(isAtEnd)
        // Each of them by itself.
        let changes: [(inout RecommendationList) -> Void] = [
            { $0.items[0].because[0].contribution = 1 }, { $0.items[1].parts = ScoreParts() },
            { $0.items[0].placement = .explored }, { $0.rows = [] },
        ]
        for change in changes {
            var stored = try list(["50", "60"], seen: nil)
            change(&stored.list)
            var writer = CompactWriter(prefix: "", capacity: 10)
            stored.write(to: &writer)
            var reader = CompactReader(writer.bytes[...], from: 0)
            #expect(try StoredList(reading: &reader) == stored)
        }
    }

    @Test func recordsOfWishesThatSayMoreAreOfTheThirdForm() throws {
        var query = RecommendationQuery(count: 300)
        query.excludedGenres = ["Horror"]
        query.years = YearRange(from: nil, through: 1999)
        query.attributes = ["b": [], "a": ["\"1\"", "2"]]
        query.items = []
        query.excludedItems = [try ItemID("3")]
        query.excludesShown = false
        query.boosts = [
            Boost(.genre("Drama"), strength: 1.5), Boost(.item(try ItemID("1")), strength: -2),
            Boost(.attribute(name: "year", value: "1999"), strength: 0.5),
        ]
        query.pinned = [PinnedItem(try ItemID("4"), rank: 3)]
        query.diversity = 0.25
        query.exploration = Exploration(share: 0.125, seed: .max)
        query.rows = RowRequest(count: nil, length: 5, genres: ["Drama"])
        query.aggregation = .leastMisery
        for lane in JobLane.allCases {
            var record = job()
            record.lane = lane
            record.request = .recommendations(query)
            var writer = CompactWriter(prefix: "", capacity: 10)
            record.write(to: &writer)
            let text = String(decoding: writer.bytes, as: UTF8.self)
            #expect(text.hasPrefix("[3,"))
            #expect(
                text.hasSuffix(
                    #","\#(lane.rawValue)",[["Horror"],[null,1999],[["a","\"1\"","2"],["b"]],[],["3"],"#
                        + #"[["genre","Drama",1.5],["item","1",-2.0],["attribute","year","1999",0.5]],[["4",3]],0.25,"#
                        + #"[0.125,18446744073709551615],[null,5,["Drama"]],"least-misery",false]]"#), "\(text)")
            var reader = CompactReader(writer.bytes[...], from: 0)
            #expect(try JobRecord(reading: &reader) == record)
            let isAtEnd = reader.isAtEnd
            #expect(isAtEnd)
        }
    }

    @Test func recordsOfUsersWhoWereFoundComeBack() throws {
        var record = job(.random(), .succeeded, attempt: 1, user: try someUser())
        record.request = .similarUsers(RecommendationQuery(count: 5, similarity: .cosine))
        record.result = .similarUsers([
            SimilarUser(
                similarity: 0.5, sharedItems: 3, likedByBoth: [try ItemID("1")], best: [try ItemID("2"), try ItemID("3")]),
            SimilarUser(similarity: 0.25, sharedItems: 1, likedByBoth: [], best: []),
        ])
        var writer = CompactWriter(prefix: "", capacity: 10)
        record.write(to: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text.hasPrefix("[1,"))
        #expect(text.contains(#"["similar-users",[[0.5,3,["1"],["2","3"]],[0.25,1,[],[]]]]"#), "\(text)")
        var reader = CompactReader(writer.bytes[...], from: 0)
        #expect(try JobRecord(reading: &reader) == record)
    }

    @Test func recordsOfBeforeAreReadAndWrittenAsBefore() throws {
        let id = try #require(JobID("01jz2qv7m9d4k8w3x6y5t0b1ch"))
        let text =
            #"[1,"01jz2qv7m9d4k8w3x6y5t0b1ch","recommendations","queued",0,"ann",5,null,null,30005,["#
            + #""recommendations",7,null,null,null,null],null,null]"#
        var reader = CompactReader(Array(text.utf8)[...], from: 0)
        var record = try JobRecord(reading: &reader)
        #expect(record.id == id && record.lane == .interactive)
        var writer = CompactWriter(prefix: "", capacity: 0)
        record.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)

        record.lane = .batch
        writer = CompactWriter(prefix: "", capacity: 0)
        record.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[2" + text.dropFirst(2).dropLast() + #","batch"]"#)
        reader = CompactReader(writer.bytes[...], from: 0)
        #expect(try JobRecord(reading: &reader) == record)
        reader = CompactReader(Array("[3".utf8) + writer.bytes.dropFirst(2)[...], from: 0)
        #expect(throws: CompactReader.Mismatch.self) { try JobRecord(reading: &reader) }
    }

    @Test func whatLaterFormsAddIsLeftOut() throws {
        var stored = try list(seen: .at(9))
        stored.list.rows = [RecommendationRow(genre: "Drama", count: 1)]
        var writer = CompactWriter(prefix: "", capacity: 0)
        stored.write(to: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text.hasPrefix("[2,"))
        // At the end of the list, and of its only row.
        let later = "[9," + text.dropFirst(3).dropLast() + #",["a]\"",[1,[]]],null]"#
        for added in ["", #","]""#, ",[2,[3]],false"] {
            let text = later.replacing(#"["Drama",1]"#, with: #"["Drama",1\#(added)]"#)
            var reader = CompactReader(Array(text.utf8)[...], from: 0)
            #expect(try StoredList(reading: &reader) == stored)
            let isAtEnd = reader.isAtEnd
            #expect(isAtEnd)
            for cut in 1...12 {
                reader = CompactReader(Array(text.utf8).dropLast(cut)[...], from: 0)
                #expect(throws: CompactReader.Mismatch.self) { try StoredList(reading: &reader) }
            }
        }
    }

    @Test func anyTextComesBackByteForByte() throws {
        var generator = SeededGenerator(seed: 1)
        for text in HostileIdentifierTests.texts + (0..<500).map({ _ in randomText(using: &generator) }) {
            var writer = CompactWriter(prefix: "", capacity: 0)
            writer.array { $0.write(text) }
            var reader = CompactReader(writer.bytes[...], from: 0)
            let read = try reader.array { try $0.string() }
            #expect(Array(read.utf8) == Array(text.utf8) && reader.isAtEnd)
        }
    }

    @Test func anyNumberComesBackBitForBit() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            var writer = CompactWriter(prefix: "", capacity: 0)
            writer.array { $0.write(number) }
            var reader = CompactReader(writer.bytes[...], from: 0)
            #expect(try reader.array { try $0.double() }.bitPattern == number.bitPattern)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersThatJSONLacksAreNotWritten(_ number: Double) async throws {
        var writer = CompactWriter(prefix: "", capacity: 0)
        writer.write(number)
        #expect(!writer.isValid)
    }

    @Test func damageIsNoticedOrHarmlessButNeverFatal() throws {
        var generator = SeededGenerator(seed: 3)
        var record = job(.random(), .succeeded, attempt: 1, user: try someUser("\"\\\n"))
        record.result = .recommendations(try list(seen: .at(9)))
        var writer = CompactWriter(prefix: "99", capacity: 0)
        record.write(to: &writer)
        for end in 0..<writer.bytes.count {
            var reader = CompactReader(Array(writer.bytes[..<end])[...], from: 2)
            #expect(throws: (any Error).self) { try JobRecord(reading: &reader) }
        }
        for _ in 0..<20_000 {
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            var reader = CompactReader(bytes[...], from: 2)
            _ = try? JobRecord(reading: &reader)
        }
    }

    private func randomText(using generator: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
            Unicode.Scalar(UInt32.random(in: 0...0xFFFF, using: &generator)) ?? "\""
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
