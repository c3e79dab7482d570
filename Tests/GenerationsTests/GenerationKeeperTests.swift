import Foundation
import Recommenders
import Synchronization
import Testing

@testable import Generations

@Suite struct GenerationKeeperTests {
    let folder: GenerationsFolder
    let lines = LoggedLines()

    init() throws { folder = try GenerationsFolder() }

    private func keeper(
        _ places: DataPlaces? = nil, make: @escaping @Sendable (DataFiles) throws -> Served = { Served($0.dataset) }
    ) throws -> GenerationKeeper<Served> {
        try GenerationKeeper(places ?? DataPlaces(folder: folder.data.path), every: .seconds(1), logger: lines.logger, make: make)
    }

    private var refusals: [String] { lines.all.filter { $0.contains("refused") } }

    @Test func goesOverToANewGenerationOnceItWasSeenTwice() async throws {
        try folder.publish(GenerationsFolder.dataset(1))
        let keeper = try keeper()
        #expect(await keeper.look() == .unchanged)
        try folder.publish(GenerationsFolder.dataset(2, logOffset: 9))
        #expect(await keeper.look() == .changing)
        #expect(keeper.content.code == 1)
        #expect(await keeper.look() == .switched)
        #expect(keeper.content.code == 2 && keeper.facts.number == 2 && keeper.facts.logOffset == 9)
        #expect(await keeper.look() == .unchanged)
        #expect(refusals.isEmpty)
    }

    @Test func aSignalDoesNotWait() async throws {
        try folder.publish(GenerationsFolder.dataset(1))
        let keeper = try keeper()
        try folder.publish(GenerationsFolder.dataset(2))
        #expect(await keeper.look(isUrgent: true) == .switched)
    }

    @Test func filesMayAlsoBeReplacedOneByOne() async throws {
        let (ratings, models) = (folder.file("kindred.ratings"), folder.file("models"))
        let dataset = try GenerationsFolder.dataset(1)
        try RatingsFileWriter.write(dataset, to: ratings)
        let keeper = try keeper(DataPlaces(ratingsFile: ratings, modelsFolder: models))
        try folder.writeModel(for: dataset, in: models)
        #expect(await keeper.look(isUrgent: true) == .switched)
        try RatingsFileWriter.write(GenerationsFolder.dataset(2), to: ratings)
        #expect(await keeper.look(isUrgent: true) == .switched)
        #expect(keeper.content.code == 2 && keeper.facts.number == nil)
    }

    @Test func refusesADamagedFileOnceAndServesTheOldOneOn() async throws {
        try folder.publish(GenerationsFolder.dataset(1))
        let keeper = try keeper()
        let second = try folder.publish(GenerationsFolder.dataset(2))
        try folder.damage(folder.data.ratingsFile(of: second))
        #expect(await keeper.look(isUrgent: true) == .refused)
        for _ in 0..<3 { _ = await keeper.look() }
        #expect(keeper.content.code == 1)
        #expect(refusals.count == 1 && refusals[0].contains("damaged") && refusals[0].contains("error "))
        // Mended, it is taken.
        try RatingsFileWriter.write(GenerationsFolder.dataset(3), to: folder.data.ratingsFile(of: second))
        _ = await keeper.look()
        #expect(await keeper.look() == .switched)
        #expect(keeper.content.code == 3)
    }

    /// At every length, as a copy that is under way looks.
    @Test func refusesHalfAFile() async throws {
        let ratings = folder.file("kindred.ratings")
        try RatingsFileWriter.write(GenerationsFolder.dataset(1), to: ratings)
        let keeper = try keeper(DataPlaces(ratingsFile: ratings, modelsFolder: folder.file("models")))
        try RatingsFileWriter.write(GenerationsFolder.dataset(2), to: folder.file("whole"))
        let whole = try Data(contentsOf: URL(filePath: folder.file("whole")))
        for length in stride(from: 0, to: whole.count, by: 97) {
            try whole.prefix(length).write(to: URL(filePath: ratings), options: .atomic)
            #expect(await keeper.look(isUrgent: true) == .refused)
        }
        try FileManager.default.removeItem(atPath: ratings)
        #expect(await keeper.look(isUrgent: true) == .refused)
        #expect(keeper.content.code == 1)
        try whole.write(to: URL(filePath: ratings), options: .atomic)
        #expect(await keeper.look(isUrgent: true) == .switched)
    }

    /// Whether the ratings files say where they end or not.
    @Test(arguments: [true, false]) func refusesAnOlderGenerationButNotOneThatGoesBack(hasOffsets: Bool) async throws {
        try folder.publish(GenerationsFolder.dataset(1, logOffset: hasOffsets ? 5 : nil))
        try folder.publish(GenerationsFolder.dataset(2, logOffset: hasOffsets ? 9 : nil))
        let keeper = try keeper()
        let link = folder.data.path + "/current"
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "000001")
        #expect(await keeper.look(isUrgent: true) == .refused)
        #expect(keeper.content.code == 2 && refusals.count == 1 && refusals[0].contains("older"))
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "000002")
        #expect(await keeper.look() == .unchanged)
        #expect(try folder.data.rollBack() == (3, 1))
        #expect(await keeper.look(isUrgent: true) == .switched)
        #expect(keeper.content.code == 1 && keeper.facts.number == 3)
    }

    @Test func refusesAFileThatEndsEarlierInTheLog() async throws {
        let ratings = folder.file("kindred.ratings")
        try RatingsFileWriter.write(GenerationsFolder.dataset(1, logOffset: 9), to: ratings)
        let keeper = try keeper(DataPlaces(ratingsFile: ratings, modelsFolder: folder.file("models")))
        try RatingsFileWriter.write(GenerationsFolder.dataset(2, logOffset: 8), to: ratings)
        #expect(await keeper.look(isUrgent: true) == .refused)
        #expect(refusals.count == 1 && refusals[0].contains("older"))
        try RatingsFileWriter.write(GenerationsFolder.dataset(2, logOffset: 10), to: ratings)
        #expect(await keeper.look(isUrgent: true) == .switched)
    }

    @Test func refusesAnotherScaleAndModelsThatDoNotFit() async throws {
        let (ratings, models) = (folder.file("kindred.ratings"), folder.file("models"))
        let dataset = try GenerationsFolder.dataset(1)
        try RatingsFileWriter.write(dataset, to: ratings)
        try folder.writeModel(for: dataset, in: models)
        let keeper = try keeper(DataPlaces(ratingsFile: ratings, modelsFolder: models))
        let stars = try #require(RatingScale(minimum: 1, maximum: 5, step: 1))
        try RatingsFileWriter.write(GenerationsFolder.dataset(2, scale: stars), to: ratings)
        #expect(await keeper.look(isUrgent: true) == .refused)
        // Other items, which the model does not know.
        let larger = try GenerationsFolder.dataset(2, items: 4)
        try RatingsFileWriter.write(larger, to: ratings)
        #expect(await keeper.look(isUrgent: true) == .refused)
        #expect(refusals.map { $0.contains("incompatible") } == [true, false] && refusals[1].contains("unusableModel"))
        #expect(keeper.content.code == 1)
        try folder.writeModel(for: larger, in: models)
        #expect(await keeper.look(isUrgent: true) == .switched)
    }

    @Test func whatNothingCanBeMadeOfIsRefused() async throws {
        try folder.publish(GenerationsFolder.dataset(1))
        let keeper = try keeper { files in
            if files.dataset.ratings.rowCodes[0] == 2 { throw CancellationError() }
            return Served(files.dataset)
        }
        try folder.publish(GenerationsFolder.dataset(2))
        #expect(await keeper.look(isUrgent: true) == .refused)
        #expect(keeper.content.code == 1)
    }

    @Test func oldFilesStayUntilNobodyHoldsThem() async throws {
        let ended = Mutex<[UInt8]>([])
        try folder.publish(GenerationsFolder.dataset(1))
        let keeper = try keeper { files in
            let code = files.dataset.ratings.rowCodes[0]
            return Served(files.dataset) { ended.withLock { $0.append(code) } }
        }
        var job: Served? = keeper.content
        for code in 2...3 {
            try folder.publish(GenerationsFolder.dataset(UInt8(code)))
            #expect(await keeper.look(isUrgent: true) == .switched)
            try folder.data.prune(keeping: 1)
        }
        _ = await keeper.look()
        // The second had no job, the first has one, whose file is gone from the disk.
        #expect(ended.withLock { $0 } == [2] && keeper.mappedCount == 2)
        #expect(job?.code == 1)
        job = nil
        _ = await keeper.look()
        #expect(ended.withLock { $0 } == [2, 1] && keeper.mappedCount == 1)
    }
}
