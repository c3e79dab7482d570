import Foundation
import Testing

@testable import Recommenders

@Suite struct RatingsFileTests {
    @Test(arguments: 0..<20 as Range<UInt64>) func givesBackWhatWasWritten(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let dataset = try RandomDataset.make(
            users: Int.random(in: 0..<40, using: &generator), items: Int.random(in: 0..<60, using: &generator),
            density: [0, 0.05, 0.5, 1].randomElement(using: &generator) ?? 0, seed: seed,
            logOffset: Bool.random(using: &generator) ? Int64.random(in: .min ... .max, using: &generator) : nil)
        let folder = try TemporaryFolder()
        try RatingsFileWriter.write(dataset, to: folder.file("random.ratings"))
        #expect(areEqual(try RatingsFileReader.read(folder.file("random.ratings")), dataset))
    }

    @Test func givesTheSameBytesForTheSameDataSet() throws {
        let folder = try TemporaryFolder()
        for name in ["one", "two"] {
            let dataset = try RandomDataset.make(users: 9, items: 30, density: 0.3, seed: 4)
            try RatingsFileWriter.write(dataset, to: folder.file(name))
        }
        #expect(try folder.bytes(of: "one") == folder.bytes(of: "two"))
    }

    @Test func beginsWithItsNameVersionAndSize() throws {
        let bytes = try Self.file(SampleDataset.make(users: 3, items: 60))
        #expect(Array(bytes[..<8]) == [0xE7] + Array("KNDRS\r\n".utf8))
        #expect(Array(bytes[8..<16]) == [2, 0, 0, 0, 23, 0, 0, 0])
        let size = (0..<8).reduce(0) { $0 | Int(bytes[16 + $1]) << (8 * $1) }
        #expect(size == bytes.count && size % 64 == 0)
        #expect(MemoryLayout<SectionFileHeader>.size == SectionFileHeader.byteCount)
        #expect(MemoryLayout<SectionFileEntry>.stride == SectionFileEntry.byteCount)
        #expect(MemoryLayout<RatingsFileProperties>.size == 64)
    }

    @Test func replacesAnOlderFileAndLeavesNothingElse() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "a.ratings")
        let dataset = SampleDataset.make(users: 3, items: 60)
        try RatingsFileWriter.write(dataset, to: folder.file("a.ratings"))
        #expect(areEqual(try RatingsFileReader.read(folder.file("a.ratings")), dataset))
        #expect(try folder.contents == ["a.ratings"])
    }

    @Test func saysWhenItCannotBeWritten() throws {
        let folder = try TemporaryFolder()
        let dataset = SampleDataset.make(users: 3, items: 60)
        let path = folder.file("none/a.ratings")
        #expect(throws: StoredFileError(.unwritable, "cannot write \(path): No such file or directory")) {
            try RatingsFileWriter.write(dataset, to: path)
        }
        // A folder cannot be replaced by a file; what was written beside it goes away again.
        try FileManager.default.createDirectory(atPath: folder.file("taken"), withIntermediateDirectories: true)
        #expect { try RatingsFileWriter.write(dataset, to: folder.file("taken")) } throws: { error in
            (error as? StoredFileError)?.code == .unwritable
        }
        #expect(try folder.contents == ["taken"])
    }

    @Test func leavesNothingWhenItIsGivenUpHalfWritten() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "a.ratings")
        var replacement = try FileReplacement(of: folder.file("a.ratings"))
        try replacement.append(Array("half".utf8).span.bytes)
        #expect(try folder.contents.count == 2)
        discard(replacement)
        #expect(try folder.contents == ["a.ratings"])
        #expect(try folder.bytes(of: "a.ratings") == Array("old".utf8))
    }

    private func discard(_ replacement: consuming FileReplacement) {}

    @Test func saysWhenThereIsNone() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.ratings")
        #expect(throws: StoredFileError(.missingFile, "cannot open \(path): No such file or directory")) {
            try RatingsFileReader.read(path)
        }
        #expect(throws: StoredFileError(.unreadable, "cannot read \(folder.path): Is a directory")) {
            try RatingsFileReader.read(folder.path)
        }
        // Nobody will ever write into it.
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect { try RatingsFileReader.read(folder.file("pipe")) } throws: { ($0 as? StoredFileError)?.code == .unreadable }
    }

    @Test func saysWhatToDo() {
        #expect(
            StoredFileError.damaged(RatingsFileSection.rowItems, "so").message.hasSuffix(
                "section 8 (rowItems): so; import the data set again"))
    }

    static func file(_ dataset: Dataset) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try RatingsFileWriter.write(dataset, to: folder.file("a.ratings"))
        return try folder.bytes(of: "a.ratings")
    }
}
