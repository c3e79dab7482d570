import Foundation
import Testing

@testable import Recommenders

@Suite struct MovieLensReaderTests {
    static let movies = """
        movieId,title,genres
        10,"American President, The (1995)",Comedy|Drama|Romance
        2,Jumanji (1995),Adventure
        3,"The ""Quoted"" Film (1960)",(no genres listed)
        b2,Letters,Drama
        """ + "\n"
    static let header = "userId,movieId,rating,timestamp\n"

    private func read(
        ratings: String, movies: String = movies, links: String? = nil, maximumBadRows: Int = 0
    ) throws -> ImportedDataset {
        let folder = try TemporaryFolder()
        try folder.write(ratings, to: "ratings.csv")
        try folder.write(movies, to: "movies.csv")
        if let links { try folder.write(links, to: "links.csv") }
        return try MovieLensReader(maximumBadRows: maximumBadRows).read(folder: folder.path, name: "tiny")
    }

    /// "user item code" of every rating, in the order of the rows.
    private func rows(_ dataset: Dataset) -> [String] {
        (0..<dataset.ratings.userCount).flatMap { user in
            dataset.ratings.row(user).map { place in
                let item = dataset.items[dataset.ratings.items[place]]
                return "\(dataset.users[UInt32(user)]) \(item) \(dataset.ratings.rowCodes[place])"
            }
        }
    }

    @Test func readsTheCurrentForm() throws {
        let links = "movieId,imdbId,tmdbId\n10,0112346,9087\n2,0113497,\n"
        let imported = try read(
            ratings: Self.header + "7,10,4.0,100\n7,2,0.5,101\nx,3,5,102\n12,2,2.5,99\n", links: links)
        let dataset = imported.dataset
        #expect(dataset.name == "tiny")
        #expect(dataset.users.ids.map(\.rawValue) == ["7", "12", "x"])
        #expect(dataset.items.ids.map(\.rawValue) == ["2", "3", "10", "b2"])
        #expect(rows(dataset) == ["7 2 1", "7 10 8", "12 2 5", "x 3 10"])
        #expect(dataset.catalogue.itemKind == "movie")
        #expect(
            Array(dataset.catalogue.entries) == [
                CatalogueEntry(title: "Jumanji", year: 1995, genres: ["Adventure"], links: ["imdb": "tt0113497"]),
                CatalogueEntry(title: "The \"Quoted\" Film", year: 1960),
                CatalogueEntry(
                    title: "American President, The", year: 1995, genres: ["Comedy", "Drama", "Romance"],
                    links: ["imdb": "tt0112346", "tmdb": "9087"]),
                CatalogueEntry(title: "Letters", genres: ["Drama"]),
            ])
        #expect(imported.report.ratingRows == 4 && imported.report.ratings == 4 && imported.report.users == 3)
        #expect(imported.report.items == 4 && imported.report.unratedItems == 1 && imported.report.badRows == 0)
    }

    @Test func toleratesLineEndsOfWindowsAByteOrderMarkAndAMissingLastLineEnd() throws {
        let plain = try read(ratings: Self.header + "1,2,3,4\n1,10,3,4\n").dataset
        let windows = try read(
            ratings: "\u{FEFF}" + Self.header.replacing("\n", with: "\r\n") + "1,2,3,4\r\n\r\n1,10,3,4",
            movies: "\u{FEFF}" + Self.movies.replacing("\n", with: "\r\n"))
        #expect(areEqual(plain, windows.dataset))
        #expect(windows.report.ratingRows == 2)
    }

    @Test func readsTheFormOfMovieLens1M() throws {
        let folder = try TemporaryFolder()
        try folder.write("2::1::5::978300760\r\n1::1193::4::978302109\n", to: "ratings.dat")
        let latin1: [UInt8] = Array("1193::Mis".utf8) + [0xE9] + Array("rables, Les: 2 (1995)::Drama|Musical\n".utf8)
        try folder.write(latin1 + Array("1::Amélie (2001)::Comedy\n".utf8), to: "movies.dat")
        let dataset = try MovieLensReader().read(folder: folder.path).dataset
        #expect(rows(dataset) == ["1 1193 8", "2 1 10"])
        #expect(dataset.catalogue.entries.map(\.title) == ["Amélie", "Misérables, Les: 2"])
        #expect(dataset.catalogue.entries.map(\.genres) == [["Comedy"], ["Drama", "Musical"]])
    }

    @Test(arguments: 0..<5 as Range<UInt64>) func doesNotDependOnTheOrderOfTheRows(seed: UInt64) throws {
        let sample = SampleDataset(seed: seed, users: 20, items: 80)
        let folder = try TemporaryFolder()
        try sample.write(toFolder: folder.path)
        let expected = try MovieLensReader().read(folder: folder.path).dataset
        var generator = SeededGenerator(seed)
        for name in ["ratings.csv", "movies.csv"] {
            let lines = String(decoding: try folder.bytes(of: name), as: UTF8.self).split(separator: "\n")
            let shuffled = lines.dropFirst().shuffled(using: &generator)
            try folder.write(lines[0] + "\n" + shuffled.joined(separator: "\n") + "\n", to: name)
        }
        #expect(areEqual(expected, try MovieLensReader().read(folder: folder.path).dataset))
    }

    @Test func keepsTheLatestOfRepeatedRatingsThenTheLaterRow() throws {
        let imported = try read(
            ratings: Self.header + "1,2,1,50\n1,2,2,70\n1,2,3,60\n1,10,1,5\n2,2,1,5\n1,10,4,5\n")
        #expect(rows(imported.dataset) == ["1 2 4", "1 10 8", "2 2 2"])
        #expect(imported.report.duplicates == 3 && imported.report.ratingRows == 6 && imported.report.ratings == 3)
    }

    @Test func takesIDsByteForByte() throws {
        let imported = try read(
            ratings: Self.header + "7,2,1,1\n07,2,2,1\ne\u{301},2,3,1\n\u{E9},2,4,1\n461168601842738790,2,5,1\n")
        #expect(rows(imported.dataset) == ["7 2 2", "461168601842738790 2 10", "07 2 4", "e\u{301} 2 6", "\u{E9} 2 8"])
    }

    @Test(arguments: [
        ("1,2,5.5,1", "ratings.csv, line 3: the rating 5.5, which is no half star from 0.5 to 5.0"),
        ("1,2,0,1", "ratings.csv, line 3: the rating 0.0, which is no half star from 0.5 to 5.0"),
        ("1,2,-3,1", "ratings.csv, line 3: the rating -3.0, which is no half star from 0.5 to 5.0"),
        ("1,2,3.3,1", "ratings.csv, line 3: the rating 3.3, which is no half star from 0.5 to 5.0"),
        ("1,2,four,1", "ratings.csv, line 3: a rating that is no number"),
        ("1,2,nan,1", "ratings.csv, line 3: a rating that is no number"),
        ("1,2,,1", "ratings.csv, line 3: a rating that is no number"),
        ("1,2,4", "ratings.csv, line 3: 3 fields where 4 are expected"),
        ("1,2,4,5,6", "ratings.csv, line 3: 5 fields where 4 are expected"),
        ("1,99,4,5", "ratings.csv, line 3: a rating of a film that movies.csv lacks"),
        ("1,2,4,soon", "ratings.csv, line 3: a timestamp that is no whole number"),
        (",2,4,5", "ratings.csv, line 3: an id of 0 bytes; 1 to 128 are allowed"),
        (String(repeating: "u", count: 129) + ",2,4,5", "ratings.csv, line 3: an id of 129 bytes; 1 to 128 are allowed"),
        ("\"1,2,4,5", "ratings.csv, line 3: a quote that is not closed on its line"),
        ("\"1\"2,2,4,5", "ratings.csv, line 3: text behind a closing quote"),
    ]) func refusesABadRowByFileLineAndReason(row: String, message: String) throws {
        let ratings = Self.header + "1,2,4,5\n" + row + "\n3,10,4,5\n"
        let expected = ImportError(.badRows, message)
        #expect(throws: expected) { try read(ratings: ratings) }

        let imported = try read(ratings: ratings, maximumBadRows: 1)
        #expect(rows(imported.dataset) == ["1 2 8", "3 10 8"])
        #expect(imported.report.badRows == 1 && imported.report.firstBadRows == [message])
        #expect(imported.report.ratingRows == 3)
    }

    @Test(arguments: [
        ("10,Again (1995),Drama", "movies.csv, line 6: a film that is already in the list"),
        ("11,,Drama", "movies.csv, line 6: no title"),
        ("11,Title", "movies.csv, line 6: 2 fields where 3 are expected"),
    ]) func refusesABadFilm(row: String, message: String) {
        #expect(throws: ImportError(.badRows, message)) {
            try read(ratings: Self.header + "1,2,4,5\n", movies: Self.movies + row + "\n")
        }
    }

    @Test func endsWithOneBadRowMoreThanAllowed() throws {
        let bad = String(repeating: "1,2,9,1\n", count: 12)
        let imported = try read(ratings: Self.header + "1,2,4,5\n" + bad, maximumBadRows: 12)
        #expect(imported.report.badRows == 12 && imported.report.firstBadRows.count == 10)
        let expected =
            "more than 11 bad rows, the last one ratings.csv, line 14: the rating 9.0, which is no half star from 0.5 to 5.0"
        #expect(throws: ImportError(.badRows, expected)) {
            try read(ratings: Self.header + "1,2,4,5\n" + bad, maximumBadRows: 11)
        }
    }

    @Test func saysWhichFileIsExpectedWhere() throws {
        let folder = try TemporaryFolder()
        let missing = folder.file("nowhere")
        #expect(throws: ImportError(.missingFile, "there is no folder \(missing)")) {
            try MovieLensReader().read(folder: missing)
        }
        let noRatings = "expected ratings.csv (or ratings.dat) in \(folder.path), as in an unpacked archive of MovieLens"
        #expect(throws: ImportError(.missingFile, noRatings)) { try MovieLensReader().read(folder: folder.path) }
        try folder.write(Self.header, to: "ratings.csv")
        #expect(throws: ImportError(.missingFile, "expected movies.csv beside ratings.csv in \(folder.path)")) {
            try MovieLensReader().read(folder: folder.path)
        }
    }

    @Test func refusesAFileWithoutItsHeader() {
        let message = "ratings.csv does not begin with the line userId,movieId,rating,timestamp: is it another file?"
        #expect(throws: ImportError(.unreadable, message)) { try read(ratings: "1,2,4,5\n") }
        #expect(throws: ImportError(.unreadable, message)) { try read(ratings: "") }
    }

    @Test func refusesADataSetWithoutRatings() {
        #expect(throws: ImportError(.noRatings, "tiny has no ratings")) { try read(ratings: Self.header) }
    }

    @Test func reportsItsProgressToTheEnd() throws {
        let folder = try TemporaryFolder()
        try SampleDataset(users: 10, items: 60).write(toFolder: folder.path)
        var steps: [ImportProgress] = []
        _ = try MovieLensReader().read(folder: folder.path) { steps.append($0) }
        let size = try folder.bytes(of: "ratings.csv").count + folder.bytes(of: "movies.csv").count
        #expect(steps.last == ImportProgress(doneBytes: size, totalBytes: size))
        #expect(steps.map(\.doneBytes) == steps.map(\.doneBytes).sorted() && steps.allSatisfy { $0.totalBytes == size })
        #expect(steps.last?.fraction == 1)
    }
}
