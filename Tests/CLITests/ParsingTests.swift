import ArgumentParser
import Recommenders
import Testing

@testable import CLI

@Suite struct ParsingTests {
    @Test func readsImport() throws {
        let command = try #require(
            try Kindred.parseAsRoot(["import", "data", "--output", "x.ratings", "--max-bad-rows", "3", "--json"])
                as? ImportCommand)
        #expect(command.path == "data" && command.output == "x.ratings" && command.maxBadRows == 3 && command.options.isJSON)
        let plain = try #require(try Kindred.parseAsRoot(["import", "data"]) as? ImportCommand)
        #expect(plain.output == nil && plain.maxBadRows == 0 && !plain.options.isJSON)
    }

    @Test func readsWhatIsSaidOfATable() throws {
        let command = try #require(
            try Kindred.parseAsRoot([
                "import", "t.csv", "--user-column", "who", "--item-column", "2", "--rating-column", "none", "--timestamp-column",
                "when", "--separator", ";", "--scale", "1:5:0.5", "--items", "i.csv", "--item-kind", "product", "--format",
                "table",
            ]) as? ImportCommand)
        #expect(command.format == .table && command.table.misplaced(in: .table).isEmpty)
        #expect(command.table.misplaced(in: .lastfm).count == 8 && command.table.misplaced(in: .lists).count == 7)
        var expected = TableOptions()
        (expected.userColumn, expected.itemColumn, expected.ratingColumn) = ("who", "2", "none")
        (expected.timestampColumn, expected.separator, expected.itemsPath) = ("when", .semicolon, "i.csv")
        (expected.scale, expected.itemKind) = (.places(try #require(RatingScale(minimum: 1, maximum: 5, step: 0.5))), "product")
        #expect(command.table.tableOptions == expected)
        #expect(try TableArguments.separator("two-colons") == .twoColons && TableArguments.scale("counts") == .counts)
        for text in ["1:5", "5:1:1", "1:5:0", "a:b:c", "0:1000:1"] {
            #expect(throws: (any Error).self) { try TableArguments.scale(text) }
        }
        #expect(throws: (any Error).self) { try TableArguments.separator("x") }
    }

    @Test func readsSample() throws {
        let command = try #require(
            try Kindred.parseAsRoot(["sample", "d", "--users", "10", "--items", "70", "--seed", "9"]) as? SampleCommand)
        #expect(command.folder == "d" && command.users == 10 && command.items == 70 && command.seed == 9)
    }

    @Test func readsRecommend() throws {
        let command = try #require(
            try Kindred.parseAsRoot([
                "recommend", "--user", "42", "--rating", "1=5", "-r", "260=4.5", "--count", "7", "--algorithm", "classic",
                "--similarity", "pearson", "--neighbours", "30", "--genre", "Drama", "--genre", "Sci-Fi", "--ratings", "f",
            ]) as? RecommendCommand)
        #expect(command.user == "42" && command.count == 7 && command.neighbours == 30)
        #expect(command.algorithm == .classic && command.similarity == .pearson)
        #expect(command.genres == ["Drama", "Sci-Fi"] && command.ratingsFile == "f")
        #expect(command.ratings.map(\.item.rawValue) == ["1", "260"] && command.ratings.map(\.value) == [5, 4.5])
    }

    @Test func readsJobsAndDoctor() throws {
        let show = try #require(
            try Kindred.parseAsRoot(["jobs", "show", "01aryz6s41zzzzzzzzzzzzzzzz"]) as? ShowJobCommand)
        #expect("\(show.id)" == "01aryz6s41zzzzzzzzzzzzzzzz")
        #expect(try Kindred.parseAsRoot(["doctor", "--json"]) is DoctorCommand)
    }

    @Test(arguments: [("1=5", "1", 5.0), ("a=b=0.5", "a=b", 0.5), ("tt 1=4.0", "tt 1", 4)])
    func readsARating(text: String, item: String, value: Double) throws {
        let rating = try #require(RatingArgument(argument: text))
        #expect(rating.item.rawValue == item && rating.value == value)
    }

    @Test(arguments: ["", "=", "1=", "=5", "1", "1=five", "1=nan", "1=inf", "1= 5", String(repeating: "x", count: 129) + "=5"])
    func refusesARating(text: String) {
        #expect(RatingArgument(argument: text) == nil)
    }

    @Test func offersEveryAlgorithm() {
        let help = Kindred.helpMessage(for: RecommendCommand.self, columns: 200)
        for algorithm in Algorithm.allCases { #expect(help.contains(algorithm.rawValue)) }
        for similarity in Similarity.allCases { #expect(help.contains(similarity.rawValue)) }
    }
}
