import Recommenders
import Testing

@Suite(.enabled(if: RealData.smallMovieLens != nil, "needs ml-latest-small below KINDRED_DATA"))
struct MovieLensLatestSmallTests {
    let imported: ImportedDataset
    var dataset: Dataset { imported.dataset }

    init() throws {
        imported = try RealData.importedSmallMovieLens.get()
    }

    @Test func countsWhatItsReadMeSays() {
        let report = imported.report
        #expect(report.users == 610 && report.items == 9742 && report.ratings == 100_836 && report.ratingRows == 100_836)
        #expect(report.badRows == 0 && report.duplicates == 0 && report.unratedItems == 18)
        #expect(dataset.users.count == 610 && dataset.items.count == 9742 && dataset.ratings.ratingCount == 100_836)
        #expect(dataset.name == "MovieLens ml-latest-small")
    }

    @Test func hasTheRatingsOfItsFirstAndLastUser() throws {
        let first = try #require(dataset.users.index(of: UserID("1")))
        #expect(first == 0 && dataset.ratings.row(0).count == 232)
        func rating(_ user: String, _ item: String) throws -> Double? {
            let row = try #require(dataset.users.index(of: UserID(user)))
            let column = try #require(dataset.items.index(of: ItemID(item)))
            let place = dataset.ratings.row(Int(row)).first { dataset.ratings.items[$0] == column }
            return place.map { dataset.scale.value(of: dataset.ratings.rowCodes[$0]) }
        }
        #expect(try rating("1", "1") == 4 && rating("1", "47") == 5 && rating("1", "2") == nil)
        #expect(try rating("610", "170875") == 3 && rating("610", "168252") == 5)
    }

    @Test(arguments: [
        ("1", "Toy Story", 1995, ["Adventure", "Animation", "Children", "Comedy", "Fantasy"]),
        ("11", "American President, The", 1995, ["Comedy", "Drama", "Romance"]),
        ("171749", "Death Note: Desu nôto", 2006, []),
        ("140956", "Ready Player One", nil, ["Action", "Sci-Fi", "Thriller"]),
    ]) func knowsItsFilms(id: String, title: String, year: Int?, genres: [String]) throws {
        let item = try #require(dataset.items.index(of: ItemID(id)))
        #expect(dataset.catalogue.entries[Int(item)] == CatalogueEntry(title: title, year: year, genres: genres))
    }

    @Test func findsToyStory2AndItsLikeNearToyStory() {
        let similar = ItemNeighbors(parameters: .alike).train(dataset.ratings, scale: dataset.scale)
        let neighbours = similar.items[similar.row(0)].map { dataset.catalogue.entries[Int($0)].title }
        #expect(neighbours.prefix(10).contains("Toy Story 2") && neighbours.prefix(10).contains("Aladdin"), "\(neighbours)")
    }

    @Test func staysTheSameThroughTheRatingsFile() throws {
        let folder = try TemporaryFolder()
        try RatingsFileWriter.write(dataset, to: folder.file("small.ratings"))
        #expect(areEqual(try RatingsFileReader.read(folder.file("small.ratings")), dataset))
    }

    @Test func findsTheMatrixByTheBeginningOfItsName() {
        let index = CatalogueIndex(dataset)
        let page = index.search("matr")
        #expect(
            page.items.prefix(3).map { dataset.catalogue.entries[Int($0)].title } == [
                "Matrix, The", "Matrix Reloaded, The", "Matrix Revolutions, The",
            ])
        let top = index.search(limit: 3)
        #expect(top.total == 9742)
        #expect(
            top.items.map { dataset.catalogue.entries[Int($0)].title } == [
                "Forrest Gump", "Shawshank Redemption, The", "Pulp Fiction",
            ])
        #expect(index.statistics(of: top.items[0]).ratingCount == 329)
    }
}
