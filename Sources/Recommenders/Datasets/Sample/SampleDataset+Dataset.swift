extension SampleDataset {
    package static func make(seed: UInt64 = defaultSeed, users: Int = 300, items: Int = 400) -> Dataset {
        SampleDataset(seed: seed, users: users, items: items).dataset
    }

    /// The data set that `MovieLensReader` would read from what `write(toFolder:)` writes.
    package var dataset: Dataset {
        let collector = RatingCollector(capacity: ratings.count)
        for rating in ratings {
            collector.add(
                user: UInt32(rating.user), item: UInt32(rating.item), code: rating.code, time: UInt32(clamping: rating.time))
        }
        let (matrix, _) = collector.matrix(userCount: lovedGenres.count, itemCount: entries.count)
        // Numbers are always identifiers, so that nothing is left out here.
        return Dataset(
            name: Self.name, scale: .halfStars,
            users: Vocabulary(lovedGenres.indices.compactMap { try? UserID(String($0 + 1)) }),
            items: Vocabulary(entries.indices.compactMap { try? ItemID(String($0 + 1)) }),
            ratings: matrix, catalogue: Catalogue(itemKind: "movie", entries: entries))
    }

    package static let name = "Kindred sample"
}
