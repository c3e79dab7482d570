import Testing

@testable import Recommenders

@Suite struct SampleDatasetTests {
    static let sample = SampleDataset()
    var sample: SampleDataset { Self.sample }

    @Test func givesTheSameBytesOnEveryMachine() {
        #expect(XXHash64.checksum(of: sample.ratingsCSV.span.bytes) == 18_172_703_016_454_682_836)
        #expect(XXHash64.checksum(of: sample.moviesCSV.span.bytes) == 4_511_794_760_158_025_293)
        #expect(SampleDataset(seed: 2).ratingsCSV != sample.ratingsCSV)
    }

    @Test func drifts() throws {
        let drift = SampleDataset(driftingWithSeed: 1, users: 300, items: 400)
        #expect(SampleDataset(driftingWithSeed: 1, users: 300, items: 400).ratingsCSV == drift.ratingsCSV)
        #expect(SampleDataset(driftingWithSeed: 2, users: 300, items: 400).ratingsCSV != drift.ratingsCSV)
        let ratings = drift.dataset.ratings
        #expect(ratings.ratingCount == drift.ratings.count, "nobody rates anything twice")
        // Films come out all the time, and what is watched is mostly new.
        let days = drift.ratings.map { Int($0.time - 1_420_070_400) / 86_400 }
        #expect(days.allSatisfy { 0..<733 ~= $0 })
        var first: [Int: Int] = [:]
        for (rating, day) in zip(drift.ratings, days) { first[rating.item] = min(first[rating.item] ?? .max, day) }
        #expect(first.values.count { $0 > 365 } > 60)
        let late = zip(drift.ratings, days).filter { $0.1 > 365 }
        #expect(late.count { first[$0.0.item]! > 365 } * 5 > late.count)
    }

    @Test func isReadBackFromItsFiles() throws {
        let folder = try TemporaryFolder()
        try sample.write(toFolder: folder.path)
        #expect(try folder.contents == ["movies.csv", "ratings.csv"])
        let imported = try MovieLensReader().read(folder: folder.path, name: SampleDataset.name)
        #expect(areEqual(imported.dataset, sample.dataset))
        #expect(imported.report.badRows == 0 && imported.report.duplicates == 0)
    }

    @Test func saysWhenItsFolderIsMissing() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("none")
        #expect(throws: ImportError(.unwritable, "cannot write \(path)/movies.csv: No such file or directory")) {
            try sample.write(toFolder: path)
        }
    }

    @Test func hasTheSizeThatIsAskedFor() {
        let dataset = sample.dataset
        #expect(dataset.users.count == 300 && dataset.items.count == 400)
        #expect((0..<300).allSatisfy { dataset.ratings.row($0).count >= 15 })
        #expect(dataset.catalogue.genres == SampleTitles.genres && dataset.catalogue.genres.count == 12)
        #expect(Set(dataset.catalogue.entries.map(\.title)).count == 400)
        #expect(dataset.catalogue.entries.allSatisfy { 1...3 ~= $0.genres.count && 1950..<2025 ~= ($0.year ?? 0) })
        #expect(SampleDataset.make(seed: 9, users: 1, items: 60).ratings.userCount == 1)
    }

    @Test func ratesLovedGenresHigherAndMoreOften() {
        var loved = (sum: 0, count: 0)
        var others = (sum: 0, count: 0)
        for rating in sample.ratings {
            if sample.entries[rating.item].genres.contains(where: sample.lovedGenres[rating.user].contains) {
                loved = (loved.sum + Int(rating.code), loved.count + 1)
            } else {
                others = (others.sum + Int(rating.code), others.count + 1)
            }
        }
        #expect(Double(loved.sum) / Double(loved.count) > Double(others.sum) / Double(others.count) + 1.5)
        #expect(loved.count > others.count)
        // For nearly every single user too.
        let contented = sample.lovedGenres.indices.count { user in
            let own = sample.ratings.filter { $0.user == user }
            let (yes, no) = own.reduce(into: ([Int](), [Int]())) { parts, rating in
                let isLoved = sample.entries[rating.item].genres.contains(where: sample.lovedGenres[user].contains)
                if isLoved { parts.0.append(Int(rating.code)) } else { parts.1.append(Int(rating.code)) }
            }
            return yes.reduce(0, +) * max(no.count, 1) > no.reduce(0, +) * max(yes.count, 1)
        }
        #expect(contented > 270)
    }

    @Test func hasAFewFilmsThatNearlyEverybodyKnows() {
        let ratings = sample.dataset.ratings
        let counts = (0..<ratings.itemCount).map { ratings.column($0).count }.sorted(by: >)
        #expect(counts.prefix(40).reduce(0, +) * 10 > 3 * ratings.ratingCount)
        #expect(counts[0] > 100 && counts[300] < 40)
    }

    @Test func usesTheWholeScaleAndAscendingTimes() {
        #expect(Set(sample.ratings.map(\.code)) == Set(1...10))
        #expect(zip(sample.ratings, sample.ratings.dropFirst()).allSatisfy { $0.time < $1.time })
    }

    @Test func findsSimilarItemsOfTheSameGenre() {
        let dataset = sample.dataset
        let similar = ItemNeighbors().train(dataset.ratings, scale: dataset.scale)
        var shared = 0
        var total = 0
        for item in 0..<400 {
            for place in similar.row(item).prefix(5) {
                let other = Int(similar.items[place])
                let genres = dataset.catalogue.entries[item].genres
                if !Set(genres).isDisjoint(with: dataset.catalogue.entries[other].genres) { shared += 1 }
                total += 1
            }
        }
        // Two films taken blindly share a genre in about a third of the cases.
        #expect(Double(shared) / Double(total) > 0.5)
    }
}
