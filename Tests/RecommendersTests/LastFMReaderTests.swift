import Testing

@testable import Recommenders

@Suite struct LastFMReaderTests {
    static let artists = """
        id\tname\turl\tpictureURL
        1\tMALICE MIZER\thttp://www.last.fm/music/MALICE+MIZER\thttp://x/1.jpg
        2\t"Weird Al" Yankovic\thttp://www.last.fm/music/%22Weird+Al%22+Yankovic\t
        4\tNobody\t\t

        """

    private func read(_ userArtists: String, artists: String = artists) throws -> ImportedDataset {
        let folder = try TemporaryFolder()
        try folder.write(userArtists, to: "user_artists.dat")
        try folder.write(artists, to: "artists.dat")
        return try LastFMReader().read(folder: folder.path, name: "tiny")
    }

    @Test(arguments: ["", "userID\tartistID\tweight\r\n"]) func readsCountsAsPlacesOnALogarithmicScale(header: String) throws {
        let imported = try read(header + "2\t1\t100\r\n2\t2\t 400\r\n3\t1  \t25\r\n3\t3\t1\r\n3\t2\t141\r\n")
        let dataset = imported.dataset
        #expect(dataset.items.ids.map(\.rawValue) == ["1", "2", "3", "4"] && dataset.catalogue.itemKind == "artist")
        #expect(Array(dataset.ratings.items) == [0, 1, 0, 1, 2] && Array(dataset.ratings.rowCodes) == [6, 8, 4, 6, 1])
        #expect(dataset.scale == CountScale.scale && imported.report.scaleNote?.contains("usual count, 100;") == true)
        #expect(
            Array(dataset.catalogue.entries) == [
                CatalogueEntry(title: "MALICE MIZER", links: ["lastfm": "MALICE+MIZER"]),
                CatalogueEntry(title: "\"Weird Al\" Yankovic", links: ["lastfm": "%22Weird+Al%22+Yankovic"]),
                CatalogueEntry(title: "3"), CatalogueEntry(title: "Nobody"),
            ])
        #expect(imported.report.unratedItems == 1)
    }

    @Test func refusesWhatIsNoCount() {
        #expect(throws: ImportError(.badRows, "user_artists.dat, line 1: a rating that is no number")) { try read("2\t1\tx\n") }
        #expect(throws: ImportError(.badRows, "artists.dat, line 3: an artist who is already in the list")) {
            try read("2\t1\t4\n", artists: "id\tname\turl\tpictureURL\n1\ta\t\t\n1\tb\t\t\n")
        }
    }

    @Test(.enabled(if: RealData.lastFM != nil, "needs lastfm-2k below KINDRED_DATA")) func readsTheRealOne() throws {
        let imported = try LastFMReader().read(folder: RealData.lastFM ?? "")
        let (report, dataset) = (imported.report, imported.dataset)
        #expect(report.ratings == 92_834 && report.users == 1892 && report.items == 17_632 && report.badRows == 0)
        #expect(dataset.name == "Last.fm lastfm-2k" && report.scaleNote?.contains("usual count, 260;") == true)
        #expect(report.duplicates == 0 && report.unratedItems == 0)
        let first = try #require(dataset.items.index(of: ItemID("51")))
        #expect(dataset.catalogue.entries[Int(first)].title == "Duran Duran" && dataset.ratings.rowCodes[0] == 10)
        // Every place has its share of the ratings.
        for code in 1...10 as ClosedRange<UInt8> { #expect(dataset.ratings.rowCodes.count { $0 == code } > 2000) }
    }

    @Test(.enabled(if: RealData.amazonBeauty != nil, "needs amazon-beauty below KINDRED_DATA")) func readsPurchases() throws {
        let path = (RealData.amazonBeauty ?? "") + "/interactions.txt"
        #expect(try DatasetFormat(of: path) == .table)
        let imported = try DatasetImporter(.table).read(path)
        #expect(imported.report.ratings == 314_326 && imported.report.users == 52_204 && imported.report.items == 54_194)
        #expect(imported.dataset.scale.maximumCode == 1 && imported.report.badRows == 0)
    }
}
