import Testing

@testable import Recommenders

@Suite struct ListFileReaderTests {
    @Test func readsTheLinesAsTheyAre() throws {
        let folder = try TemporaryFolder()
        try folder.write("0 5 7 10\n1\n2\t7  5 \r\n\nx b2 5", to: "train.txt")
        let lines = try ListFileReader().read(folder.file("train.txt"))
        func line(_ user: String, _ items: [String]) throws -> ListFileReader.Line {
            ListFileReader.Line(user: try UserID(user), items: try items.map { try ItemID($0) })
        }
        #expect(try lines == [line("0", ["5", "7", "10"]), line("1", []), line("2", ["7", "5"]), line("x", ["b2", "5"])])
    }

    @Test func numbersTheUsersAndItemsOfAllFilesTogether() throws {
        let folder = try TemporaryFolder()
        try folder.write("0 5 7 5\n2 10\n", to: "train.txt")
        try folder.write("2 9 5\n", to: "valid.txt")
        try folder.write("1 11\n0 10 9\n", to: "test.txt")
        var steps: [ImportProgress] = []
        let made = try ListFileReader().read(
            training: folder.file("train.txt"), validation: folder.file("valid.txt"), test: folder.file("test.txt")
        ) { steps.append($0) }
        let dataset = made.imported.dataset
        #expect(dataset.users.ids.map(\.rawValue) == ["0", "1", "2"])
        #expect(dataset.items.ids.map(\.rawValue) == ["5", "7", "9", "10", "11"])
        #expect(made.training == [[0, 0, 1], [], [3]])
        #expect(made.validation == [[], [], [0, 2]] && made.test == [[2, 3], [4], []])
        #expect(made.users.count == 3 && made.items.count == 5)
        let alone = try ListFileReader().read(training: folder.file("train.txt"))
        #expect(alone.training == [[0, 0, 1], [2]] && alone.validation == [[], []] && alone.test == [[], []])
        #expect(Array(dataset.ratings.items) == [0, 1, 3] && Array(dataset.ratings.rowStarts) == [0, 2, 2, 3])
        #expect(dataset.scale.maximumCode == 1 && dataset.name == "train" && made.imported.report.duplicates == 1)
        #expect(steps.last?.fraction == 1)
    }

    @Test func saysWhichLineIsBad() throws {
        let folder = try TemporaryFolder()
        let long = String(repeating: "9", count: 129)
        try folder.write("0 5\n1 \(long)\n", to: "train.txt")
        let expected = ImportError(.badRows, "train.txt, line 2: an id of 129 bytes; 1 to 128 are allowed")
        #expect(throws: expected) { try ListFileReader().read(folder.file("train.txt")) }
        #expect(throws: expected) { try ListFileReader().read(training: folder.file("train.txt")) }
        let missing = folder.file("no.txt")
        #expect(throws: ImportError(.missingFile, "cannot open \(missing): No such file or directory")) {
            try ListFileReader().read(training: missing)
        }
    }
}
