import Foundation
import Recommenders
import Testing

@testable import Generations

@Suite struct DataFolderTests {
    let folder: GenerationsFolder

    init() throws { folder = try GenerationsFolder() }

    private func code(of number: Int) throws -> UInt8 {
        try RatingsFileReader.read(folder.data.ratingsFile(of: number)).ratings.rowCodes[0]
    }

    @Test func numbersGrowAndTheLinkLeadsToTheLast() throws {
        #expect(folder.data.current == nil && folder.data.generations.isEmpty)
        #expect(try folder.publish(GenerationsFolder.dataset(1)) == 1)
        #expect(try folder.publish(GenerationsFolder.dataset(2)) == 2)
        #expect(folder.data.generations == [1, 2] && folder.data.current == 2)
        let places = DataPlaces(folder: folder.data.path)
        #expect(try RatingsFileReader.read(places.ratingsFile).ratings.rowCodes[0] == 2)
        #expect(ResolvedPlaces(places).number == 2)
        #expect(ResolvedPlaces(DataPlaces(ratingsFile: folder.file("x"))).number == nil)
    }

    @Test func whatFailsLeavesNothing() throws {
        try folder.publish(GenerationsFolder.dataset(1))
        #expect(throws: CancellationError.self) { try folder.data.publish(from: 1) { _ in throw CancellationError() } }
        #expect(folder.data.current == 1 && folder.data.generations == [1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.data.path).sorted() == [".lock", "000001", "current"])
    }

    @Test func doesNotUndoWhatOthersPublishMeanwhile() throws {
        try folder.publish(GenerationsFolder.dataset(1))
        let error = #expect(throws: DataFolderError.self) {
            try folder.data.publish(from: 1) { generation in
                try folder.publish(GenerationsFolder.dataset(2))
                try generation.link(filesOf: 1)
            }
        }
        #expect(error?.message.contains("generation 2") == true)
        #expect(folder.data.current == 2 && folder.data.generations == [1, 2])
    }

    @Test func goesBackStepByStepAndForwardAgain() throws {
        let models = folder.file("models")
        try folder.writeModel(for: GenerationsFolder.dataset(1), in: models)
        try folder.publish(GenerationsFolder.dataset(1), modelsIn: models)
        for code in 2...3 { try folder.publish(GenerationsFolder.dataset(UInt8(code))) }
        #expect(try folder.data.rollBack() == (4, 2))
        #expect(try code(of: 4) == 2 && folder.data.current == 4)
        #expect(try folder.data.rollBack() == (5, 1))
        #expect(try code(of: 5) == 1)
        #expect(FileManager.default.fileExists(atPath: ModelFolder(folder.data.modelsFolder(of: 5)).file(of: .popularity)))
        #expect(throws: DataFolderError.self) { try folder.data.rollBack() }
        #expect(throws: DataFolderError.self) { try folder.data.rollBack(to: 17) }
        #expect(try folder.data.rollBack(to: 3) == (6, 3))
        #expect(folder.data.haveSameFiles(3, 6) && !folder.data.haveSameFiles(2, 6))
    }

    @Test func keepsWhatIsNeededToGoBack() throws {
        for code in 1...5 { try folder.publish(GenerationsFolder.dataset(UInt8(code))) }
        #expect(try folder.data.prune(keeping: 3) == [1, 2])
        // 6 and 7 are the same as 3, so that the way back leads to nothing: all that is left are the newest.
        _ = try folder.data.rollBack(to: 4)
        _ = try folder.data.rollBack(to: 4)
        #expect(try folder.data.prune(keeping: 1) == [4, 5, 6])
        #expect(folder.data.generations == [3, 7] && folder.data.current == 7)
        #expect(try code(of: 7) == 4)
        #expect(try folder.data.rollBack() == (8, 3))
    }
}
