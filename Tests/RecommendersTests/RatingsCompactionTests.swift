import Testing

@testable import Recommenders

@Suite struct RatingsCompactionTests {
    private func compact(
        _ sample: CompactionSample, runLength: Int = 1000, in folder: TemporaryFolder
    ) throws -> (dataset: Dataset, counts: CompactionCounts) {
        var compaction = RatingsCompaction(of: sample.base, scratch: folder.path, runLength: runLength)
        // Those who were removed are so from the first word to the last.
        for (place, user) in sample.removed.enumerated() where place.isMultiple(of: 2) { compaction.remove(user) }
        for word in sample.words { try compaction.add(word.update, of: word.user) }
        for user in sample.removed { compaction.remove(user) }
        return try compaction.finish(logOffset: 7)
    }

    /// Runs of one, so that everything is sorted on the disk, and of more than there is.
    @Test(arguments: 0..<40 as Range<UInt64>) func isTheSameAsMergingEverything(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let sample = try CompactionSample(seed: seed, hasTimes: seed % 4 != 3)
        let expected = sample.merged
        let (dataset, counts) = try compact(sample, in: folder)
        #expect(areEqual(ratings(of: dataset), expected))
        for runLength in [1, 5] {
            let (other, otherCounts) = try compact(sample, runLength: runLength, in: folder)
            #expect(areEqual(other, dataset) && otherCounts == counts && other.ratings.timeOrder == dataset.ratings.timeOrder)
        }
        #expect(counts.words == sample.words.count)
        #expect(dataset.ratings.ratingCount == sample.base.ratings.ratingCount + counts.added - counts.removed)
        #expect(Set(dataset.users.ids.map(\.rawValue)) == Set(expected.keys))
        // Models know items by index.
        let known = sample.base.items.count
        #expect(Array(dataset.items.ids.prefix(known)) == Array(sample.base.items.ids))
        let rated = Set(expected.values.flatMap(\.keys))
        #expect(dataset.items.ids.dropFirst(known).allSatisfy { rated.contains($0.rawValue) })
        #expect(try folder.contents.isEmpty, "something is left behind")

        // The reader compares columns with rows, and looks at the order in time and at that of the ids.
        try RatingsFileWriter.write(dataset, to: folder.file("new"))
        let read = try RatingsFileReader.read(folder.file("new"))
        #expect(areEqual(read, dataset) && read.logOffset == 7)
        #expect(read.ratings.timeOrder == read.ratings.orderedInTime())
    }

    /// The importer's own idea of which of several ratings holds is the same.
    @Test(arguments: 100..<115 as Range<UInt64>) func isTheSameAsAnImportOfAllRatings(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let sample = try CompactionSample(seed: seed, onlyRatings: true)
        guard !sample.words.isEmpty else { return }
        var rows = ["userId,movieId,rating,timestamp"]
        for (user, items) in ratings(of: sample.base) {
            for (item, rating) in items {
                rows.append("\(user),\(item),\(sample.base.scale.value(of: rating.code)),\(rating.time)")
            }
        }
        for word in sample.words.sorted(by: { $0.update.version < $1.update.version }) {
            let time = word.update.version.milliseconds / 1000
            rows.append("\(word.user),\(word.update.item),\(word.update.rating ?? 0),\(time)")
        }
        try folder.write(rows.joined(separator: "\n") + "\n", to: "all.csv")
        var options = TableOptions()
        options.scale = .places(.halfStars)
        let imported = try DatasetImporter(.table, table: options).read(folder.file("all.csv")).dataset
        #expect(areEqual(ratings(of: try compact(sample, in: folder).dataset), ratings(of: imported)))
    }

    /// In two steps, each from what the one before left.
    @Test(arguments: 200..<220 as Range<UInt64>) func oneByOneEndsInTheSame(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let sample = try CompactionSample(seed: seed, onlyRatings: true)
        let words = sample.words.sorted { $0.update.version < $1.update.version }
        var dataset = sample.base
        for part in [words.prefix(words.count / 2), words.dropFirst(words.count / 2)] {
            var compaction = RatingsCompaction(of: dataset, scratch: folder.path)
            for word in part { try compaction.add(word.update, of: word.user) }
            dataset = try compaction.finish(logOffset: nil).dataset
        }
        #expect(areEqual(ratings(of: dataset), sample.merged))
    }

    /// What a list is made from is the same before and after.
    @Test(arguments: 300..<320 as Range<UInt64>) func profilesStayAsTheyWere(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        // Without times, so that all that was said is later than the file.
        let sample = try CompactionSample(seed: seed, hasTimes: false)
        let dataset = try compact(sample, in: folder).dataset
        for user in Set(sample.words.map(\.user)).union(sample.base.users.ids).subtracting(sample.removed) {
            let live = LiveProfile(sample.words.filter { $0.user == user }.map(\.update))
            let (before, after) = (
                sample.base.profile(of: user, overlaidWith: live), dataset.profile(of: user, overlaidWith: .init())
            )
            let known = after.items.indices.filter { after.items[$0] < UInt32(sample.base.items.count) }
            #expect(before.items == known.map { after.items[$0] })
            #expect(before.codes == known.map { after.codes[$0] })
            #expect(before.times == known.map { after.times[$0] })
        }
    }

    @Test func nothingSaidChangesNothing() throws {
        let folder = try TemporaryFolder()
        let base = try RandomDataset.make(users: 40, items: 30, density: 0.3, seed: 4)
        var compaction = RatingsCompaction(of: base, scratch: folder.path)
        let (dataset, counts) = try compaction.finish(logOffset: nil)
        #expect(areEqual(dataset, base) && counts == CompactionCounts())
    }

    @Test func saysWhenThereIsNoRoom() throws {
        let base = try RandomDataset.make(users: 4, items: 3, density: 0.5, seed: 4)
        var compaction = RatingsCompaction(of: base, scratch: "/nowhere")
        let error = #expect(throws: StoredFileError.self) { _ = try compaction.finish(logOffset: nil) }
        #expect(error?.code == .unwritable)
    }

    @Test func saysWhatItemsAreThatTheFileDidNotKnow() throws {
        let folder = try TemporaryFolder()
        let matrix = RatingMatrix(itemCount: 2, rowStarts: [0, 2], items: [0, 1], rowCodes: [8, 9])
        let base = Dataset(
            name: "base", scale: .halfStars, users: Vocabulary([try UserID("u")]),
            items: Vocabulary([try ItemID("old"), try ItemID("bare")]), ratings: matrix,
            catalogue: Catalogue(
                itemKind: "film", entries: [CatalogueEntry(title: "Old", year: 1990), CatalogueEntry(title: "bare")]))
        var compaction = RatingsCompaction(of: base, scratch: folder.path)
        for item in ["new", "unknown"] {
            let version = RatingVersion(milliseconds: 1000, origin: 1)
            try compaction.add(RatingUpdate(item: try ItemID(item), rating: 4, version: version), of: try UserID("v"))
        }
        let described = ["old", "bare", "new", "unrated"].map {
            ($0, CatalogueEntry(title: "Now \($0)", year: 2026, genres: ["a"]))
        }
        compaction.describe(Dictionary(uniqueKeysWithValues: try described.map { (try ItemID($0), $1) }))
        let catalogue = try compaction.finish(logOffset: 1).dataset.catalogue
        #expect(
            Array(catalogue.entries) == [
                CatalogueEntry(title: "Old", year: 1990), described[1].1, described[2].1, CatalogueEntry(title: "unknown"),
            ])
        #expect(catalogue.genres == ["a"])
    }
}
