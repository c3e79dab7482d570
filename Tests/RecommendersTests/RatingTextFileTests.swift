import Testing

@testable import Recommenders

/// Files of all sorts of rows, read in small stretches on several threads and, for comparison, line by line.
@Suite struct RatingTextFileTests {
    /// What a file says, as the rules have it: the rating that holds by user and item, and the bad rows in the file's order.
    private struct Expectation {
        var ratings: [[String]: (code: UInt8, time: UInt32)] = [:]
        var badRows: [String] = []
        var rowCount = 0

        init(_ text: String) {
            // By bytes, as a text has "\r\n" as one character.
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (index, bytes) in lines.enumerated().dropFirst() {
                let line = String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
                if line.isEmpty { continue }
                rowCount += 1
                if let reason = take(line) { badRows.append("ratings.csv, line \(index + 1): \(reason)") }
            }
        }

        private mutating func take(_ line: String) -> String? {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { field in
                field.hasPrefix("\"") ? String(field.dropFirst().dropLast()) : String(field)
            }
            if fields.count != 4 { return "\(fields.count) fields where 4 are expected" }
            guard RatingTextFileTests.films.contains(fields[1]) else { return "a rating of a film that movies.csv lacks" }
            guard let value = Double(fields[2]) else { return "a rating that is no number" }
            guard let code = (1...10).first(where: { Double($0) / 2 == value }) else {
                return "the rating \(value), which is no half star from 0.5 to 5.0"
            }
            guard let number = Int64(fields[3]) else { return "a timestamp that is no whole number" }
            let time = UInt32(clamping: number > 100_000_000_000 ? number / 1000 : number)
            if let known = ratings[[fields[0], fields[1]]], known.time > time { return nil }
            ratings[[fields[0], fields[1]]] = (UInt8(code), time)
            return nil
        }
    }

    static let films = ["2", "10", "07", "b2", "4194304", "123456789012345678"]

    private static func text(using generator: inout SeededGenerator) -> String {
        let users = ["1", "7", "07", "x", "é", "4193", "4194304", "99999999999", "12"]
        let values = ["4", "4.0", "0.5", "5.", "3.50", "3.3", "9", "four", ""]
        let times = ["0", "5", "6", "1475728437", "4294967295", "4294967296", "1475728437123", "-3", "soon"]
        let ends = ["\n", "\n", "\n", "\r\n", "\n\n", "\n\r\n"]
        var text = "userId,movieId,rating,timestamp" + (Bool.random(using: &generator) ? "\n" : "\r\n")
        let goodShare = Double.random(in: 0.5...1, using: &generator)
        func pick(_ all: [String], good: Int) -> String {
            let isGood = Double.random(in: 0..<1, using: &generator) < goodShare
            return (isGood ? all.prefix(good) : all[...]).randomElement(using: &generator) ?? ""
        }
        for _ in 0..<Int.random(in: 1..<60, using: &generator) {
            var fields = [pick(users, good: 9), pick(films + ["99"], good: 6), pick(values, good: 5), pick(times, good: 8)]
            if Int.random(in: 0..<6, using: &generator) == 0 { fields[Int.random(in: 0..<4, using: &generator)].wrapInQuotes() }
            if Int.random(in: 0..<40, using: &generator) == 0 { fields.append("more") }
            text += fields.joined(separator: ",") + pick(ends, good: 6)
        }
        if Bool.random(using: &generator), text.utf8.last == UInt8(ascii: "\n") { text.removeLast() }
        return text
    }

    @Test(arguments: 0..<80 as Range<UInt64>) func readsWhatIsThereHoweverItIsCut(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let text = Self.text(using: &generator)
        let expected = Expectation(text)
        let folder = try TemporaryFolder()
        try folder.write(text, to: "ratings.csv")
        try folder.write("movieId,title,genres\n" + Self.films.map { "\($0),Film,Drama\n" }.joined(), to: "movies.csv")

        for (chunkByteCount, threads) in [(1, 3), (Int.random(in: 2..<99, using: &generator), 2), (1 << 20, 1)] {
            let allowed = [expected.badRows.count, .max, expected.badRows.count - 1][Int.random(in: 0..<3, using: &generator)]
            guard allowed >= 0 else { continue }
            var reader = MovieLensReader(maximumBadRows: allowed)
            reader.options = ImportOptions(chunkByteCount: chunkByteCount, threads: threads)
            if allowed < expected.badRows.count {
                let last = expected.badRows[allowed]
                let message = allowed == 0 ? last : "more than \(allowed) bad rows, the last one \(last)"
                #expect(throws: ImportError(.badRows, message)) { try reader.read(folder: folder.path, name: "t") }
            } else if expected.ratings.isEmpty {
                #expect(throws: ImportError(.noRatings, "t has no ratings")) { try reader.read(folder: folder.path, name: "t") }
            } else {
                try check(try reader.read(folder: folder.path, name: "t"), expected)
            }
        }
    }

    private func check(_ imported: ImportedDataset, _ expected: Expectation) throws {
        let (dataset, report) = (imported.dataset, imported.report)
        #expect(report.ratingRows == expected.rowCount && report.badRows == expected.badRows.count)
        #expect(report.firstBadRows == Array(expected.badRows.prefix(10)))
        #expect(report.ratings == expected.ratings.count)
        #expect(report.duplicates == expected.rowCount - expected.badRows.count - expected.ratings.count)
        #expect(Set(dataset.users.ids.map { Array($0.rawValue.utf8) }) == Set(expected.ratings.keys.map { Array($0[0].utf8) }))
        var found = 0
        for user in 0..<dataset.ratings.userCount {
            for place in dataset.ratings.row(user) {
                let rating = expected.ratings[[
                    dataset.users[UInt32(user)].rawValue, dataset.items[dataset.ratings.items[place]].rawValue,
                ]]
                #expect(rating?.code == dataset.ratings.rowCodes[place] && rating?.time == dataset.ratings.rowTimes[place])
                found += 1
            }
        }
        #expect(found == expected.ratings.count)
    }

    @Test func reportsEveryByteWhateverTheNumberOfThreads() throws {
        let folder = try TemporaryFolder()
        try SampleDataset(users: 30, items: 60).write(toFolder: folder.path)
        var reader = MovieLensReader()
        reader.options = ImportOptions(chunkByteCount: 100, threads: 4)
        var steps: [ImportProgress] = []
        _ = try reader.read(folder: folder.path) { steps.append($0) }
        let size = try folder.bytes(of: "ratings.csv").count + folder.bytes(of: "movies.csv").count
        #expect(steps.count > 50 && steps.last == ImportProgress(doneBytes: size, totalBytes: size))
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.doneBytes <= $1.doneBytes })
    }

    @Test func endsOnceTooManyRowsAreBadWithoutReadingOn() throws {
        let folder = try TemporaryFolder()
        let rows = (1...2000).map { "1,2,\($0 == 500 ? "x" : "3"),4\n" }.joined()
        try folder.write("userId,movieId,rating,timestamp\n" + rows, to: "ratings.csv")
        try folder.write("movieId,title,genres\n2,Film,Drama\n", to: "movies.csv")
        var reader = MovieLensReader()
        reader.options = ImportOptions(chunkByteCount: 64, threads: 1)
        var done = 0
        #expect(throws: ImportError(.badRows, "ratings.csv, line 501: a rating that is no number")) {
            try reader.read(folder: folder.path) { done = $0.doneBytes }
        }
        #expect(done > 3000 && done < 5000)
    }
}

extension String {
    fileprivate mutating func wrapInQuotes() { self = "\"\(self)\"" }
}
