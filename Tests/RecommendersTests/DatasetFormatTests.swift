import Foundation
import Testing

@testable import Recommenders

@Suite struct DatasetFormatTests {
    @Test(
        arguments: [
            (["ratings.csv": "x"], "", .movielens), (["ratings.dat": "x"], "", .movielens), (["u.data": "x"], "", .movielens),
            (["user_artists.dat": "x"], "", .lastfm), (["a.txt": "0 1 2 3\n1 4\n2 5 6\n"], "a.txt", .lists),
            (["a.txt": "0 1 1\n1 4 1\n"], "a.txt", .table), (["ratings.csv": "1,2,3,4\n"], "ratings.csv", .table),
            (["a.txt": "0 a b\n1 4\n2 5 6 9\n"], "a.txt", .table), (["a.txt": ""], "a.txt", .table),
        ] as [([String: String], String, DatasetFormat)])
    func tellsTheFormByWhatIsThere(files: [String: String], path: String, expected: DatasetFormat) throws {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
        #expect(try DatasetFormat(of: path.isEmpty ? folder.path : folder.file(path)) == expected)
    }

    @Test func saysWhatItExpects() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ImportError(.missingFile, "there is no file or folder \(folder.path)/x")) {
            try DatasetFormat(of: folder.path + "/x")
        }
        let expected = "expected ratings.csv, ratings.dat, u.data or user_artists.dat in the folder \(folder.path)"
        #expect(throws: ImportError(.missingFile, expected)) { try DatasetFormat(of: folder.path) }
    }

    @Test func readsEachFormThroughTheImporter() throws {
        let folder = try TemporaryFolder()
        try folder.write("0 1 2 3\n1 4\n2 5 6\n", to: "a.txt")
        var table = TableOptions()
        table.itemKind = "shop"
        let lists = try DatasetImporter(.lists, table: table).read(folder.file("a.txt"), name: "n")
        #expect(lists.report.ratings == 6 && lists.dataset.catalogue.itemKind == "shop" && lists.dataset.name == "n")
        try folder.write("0 1\n1 4\n", to: "b.txt")
        #expect(try DatasetImporter(.table, table: table).read(folder.file("b.txt")).dataset.catalogue.itemKind == "shop")
    }

    @Test func readsMovieLens100K() throws {
        let folder = try TemporaryFolder()
        try folder.write("196\t2\t3\t881250949\n1\t1\t5\t881250950\n", to: "u.data")
        try folder.write("unknown|0\nAction|1\nDrama|2\n\n", to: "u.genre")
        let latin1 = Array("1|Misrables, Les (1995)|01-Jan-1995||http://x|0|1|1\n2|unknown||||1|0|0\n".utf8)
        try folder.write(Array(latin1.prefix(5)) + [0xE9] + latin1.dropFirst(5), to: "u.item")
        let dataset = try MovieLensReader().read(folder: folder.path).dataset
        #expect(
            Array(dataset.catalogue.entries) == [
                CatalogueEntry(title: "Misérables, Les", year: 1995, genres: ["Action", "Drama"]),
                CatalogueEntry(title: "unknown"),
            ])
        #expect(Array(dataset.ratings.items) == [0, 1] && Array(dataset.ratings.rowCodes) == [10, 6])
        try FileManager.default.removeItem(atPath: folder.file("u.genre"))
        #expect(throws: ImportError(.missingFile, "expected u.genre beside u.data, as in an unpacked archive of MovieLens 100K"))
        {
            try MovieLensReader().read(folder: folder.path)
        }
    }
}
