import Testing

@testable import Recommenders

@Suite struct TableReaderTests {
    private func read(
        _ text: String, items: String? = nil, maximumBadRows: Int = 0, _ set: (inout TableOptions) -> Void = { _ in }
    ) throws -> ImportedDataset {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "table.txt")
        var options = TableOptions()
        if let items {
            try folder.write(items, to: "items.csv")
            options.itemsPath = folder.file("items.csv")
        }
        set(&options)
        var reader = TableReader(options, maximumBadRows: maximumBadRows)
        reader.options = ImportOptions(chunkByteCount: 16, threads: 2)
        return try reader.read(file: folder.file("table.txt"))
    }

    /// "user item value@time" of every rating, in the order of the rows.
    private func rows(_ dataset: Dataset) -> [String] {
        (0..<dataset.ratings.userCount).flatMap { user in
            dataset.ratings.row(user).map { place in
                let value = dataset.scale.value(of: dataset.ratings.rowCodes[place])
                let item = dataset.items[dataset.ratings.items[place]]
                return "\(dataset.users[UInt32(user)]) \(item) \(value)@\(dataset.ratings.rowTimes[place])"
            }
        }
    }

    @Test(arguments: [
        "1 10 1\n2 10 1\n2 11 1\n", "1\t10\t1\r\n2\t10\t1\r\n2\t11\t1\r\n", "1,10\n2,10\n2,11", "1;10;4\n2;10;4\n2;11;4\n",
        "1::10::7\n2::10::7\n2::11::7\n", "  1   10 \n2 10\n 2 \t11\n", "user item\n1 10\n2 10\n2 11\n",
        "user_id:token,item_id:token\n1,10\n2,10\n2,11\n",
        "1|10\n2|10\n2|11\n", "1 , 10\n2 ,10\n2, 11\n", "userId,movieId\n\"1\",\"10\"\n2,10\n2,11\n",
    ]) func findsSeparatorAndColumns(text: String) throws {
        let imported = try read(text)
        let dataset = imported.dataset
        let value = dataset.scale.minimum
        #expect(rows(dataset) == ["1 10 \(value)@0", "2 10 \(value)@0", "2 11 \(value)@0"])
        #expect(dataset.scale.maximumCode == 1 && dataset.name == "table" && dataset.catalogue.itemKind == "item")
        #expect(dataset.catalogue.entries.map(\.title) == ["10", "11"])
        #expect(imported.report.ratingRows == 3 && imported.report.scaleNote == nil)
    }

    @Test(arguments: [
        "a,x,3.5,100\nb,x,1,101\n", "user,item,rating,timestamp\na,x,3.5,100\nb,x,1,101\n",
        "timestamp\tuser\trating\tignored\titem\n100\ta\t3.5\t?\tx\n101\tb\t1\t?\tx\n",
        "Reviewer ID,ASIN,overall,unixReviewTime\na,x,3.5,100\nb,x,1,101\n", "A,B,C,D\na,x,3.5,100\nb,x,1,101\n",
    ]) func readsRatingsAndTimes(text: String) throws {
        #expect(rows(try read(text).dataset) == ["a x 3.5@100", "b x 1.0@101"])
    }

    @Test func readsDatesAndMillisecondsAndTableOfTimesWithoutRatings() throws {
        let text = "a,x,2005-04-02T23:53:47Z\nb,x,2005-04-02\n"
        #expect(rows(try read(text).dataset) == ["a x 1.0@1112486027", "b x 1.0@1112400000"])
        let numbers = "a x 1112486027123\nb x 1112486027\n"
        #expect(rows(try read(numbers).dataset) == ["a x 1.0@1112486027", "b x 1.0@1112486027"])
    }

    @Test func takesTheColumnsThatAreNamed() throws {
        let text = "who,what,when,how much\na,x,5,2\nb,y,6,4\n"
        let expected = ["a x 2.0@5", "b y 4.0@6"]
        let byName = try read(text) {
            $0.userColumn = "who"
            $0.itemColumn = "What"
            $0.ratingColumn = "how much"
            $0.timestampColumn = "when"
        }
        #expect(rows(byName.dataset) == expected)
        let byNumber = try read("a,x,5,2\nb,y,6,4\n") {
            $0.ratingColumn = "4"
            $0.timestampColumn = "3"
        }
        #expect(rows(byNumber.dataset) == expected)
        let swapped = try read("x,a,5\ny,b,6\n") {
            $0.userColumn = "2"
            $0.itemColumn = "1"
            $0.ratingColumn = "none"
            $0.timestampColumn = "3"
        }
        #expect(rows(swapped.dataset) == ["a x 1.0@5", "b y 1.0@6"])
        let plain = try read("user,item,rating,timestamp\na,x,5,7\n") {
            $0.ratingColumn = "none"
            $0.timestampColumn = "none"
        }
        #expect(rows(plain.dataset) == ["a x 1.0@0"])
    }

    @Test func keepsToTheScaleThatIsGiven() throws {
        let scale = try #require(RatingScale(minimum: 1, maximum: 5, step: 1))
        let imported = try read("a,x,3\na,y,4.4\nb,x,6\n", maximumBadRows: 1) { $0.scale = .places(scale) }
        #expect(imported.dataset.scale == scale && rows(imported.dataset) == ["a x 3.0@0", "a y 4.0@0"])
        #expect(imported.report.firstBadRows == ["table.txt, line 3: the rating 6.0, which is not between 1.0 and 5.0"])
    }

    @Test func takesManyWholeNumbersForCounts() throws {
        let text = (0..<300).map { "u\($0),x,\(1 + $0 * 3)\n" }.joined()
        let imported = try read(text)
        #expect(imported.dataset.scale == CountScale.scale && imported.report.scaleNote != nil)
        #expect(imported.dataset.ratings.rowCodes.max() == 7 && imported.dataset.ratings.rowCodes.min() == 1)
    }

    @Test func knowsItemsByTheTableOfItems() throws {
        let items = """
            id,Title,year,genres,price
            10,"Salt, fine",1999,Food|Kitchen,1
            12,Pepper,,(no genres listed),2
            z,,soon,,
            """
        let imported = try read("1,12,2\n1,11,4\n", items: items) { $0.itemKind = "product" }
        #expect(imported.dataset.items.ids.map(\.rawValue) == ["10", "11", "12", "z"])
        #expect(
            Array(imported.dataset.catalogue.entries) == [
                CatalogueEntry(title: "Salt, fine", year: 1999, genres: ["Food", "Kitchen"]), CatalogueEntry(title: "11"),
                CatalogueEntry(title: "Pepper"), CatalogueEntry(title: "z"),
            ])
        #expect(imported.dataset.catalogue.itemKind == "product" && imported.report.unratedItems == 2)
        #expect(rows(imported.dataset) == ["1 11 4.0@0", "1 12 2.0@0"])
        let movies = try read("1,12,2\n", items: "movieId,title,genres\n12,Toy Story (1995),Comedy\n")
        #expect(Array(movies.dataset.catalogue.entries) == [CatalogueEntry(title: "Toy Story", year: 1995, genres: ["Comedy"])])
    }

    @Test(arguments: [
        (
            "user,thing\na,x\n", ImportError.Code.unknownForm,
            "table.txt has no column that is known to hold items: it has user, thing"
        ),
        ("one\ntwo\n", .unknownForm, "table.txt"), ("", .noRatings, "table.txt"),
        ("user,item,stars,score\na,x,1,1\n", .unknownForm, "several columns that may hold ratings: stars, score"),
        ("user,item\n", .noRatings, "has no ratings"), ("a,x,0.5\nb,y,300.25\nc,z,4\n", .noScale, "table.txt"),
    ]) func saysWhatItCannotTell(text: String, code: ImportError.Code, message: String) {
        #expect {
            try read(text)
        } throws: { error in
            (error as? ImportError)?.code == code && "\(error)".contains(message)
        }
    }

    @Test(arguments: [("9", "has 2 columns and so none of number 9"), ("0", "none of number 0"), ("who", "go by number")])
    func saysWhichColumnIsNotThere(column: String, message: String) {
        #expect {
            try read("a,x\nb,y\n") { $0.userColumn = column }
        } throws: { error in
            (error as? ImportError)?.code == .unknownForm && "\(error)".contains(message)
        }
    }

    @Test func namesTheLineOfABadRowBehindTheHeader() {
        let expected = ImportError(.badRows, "table.txt, line 4: a timestamp that is neither a number nor an ISO 8601 date")
        #expect(throws: expected) { try read("user,item,rating,time\na,x,1,1\n\na,y,2,soon\n") }
        #expect(throws: ImportError(.badRows, "table.txt, line 2: 3 fields where 2 are expected")) {
            try read("a,x\nb,y,1\nc,z\n")
        }
    }
}
