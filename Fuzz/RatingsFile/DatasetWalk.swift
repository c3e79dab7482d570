/// Uses everything in a data set, so that what its reader overlooked shows: as a trap, or as a report of the address sanitizer.
struct DatasetWalk {
    let dataset: Dataset

    func callAsFunction() {
        lists()
        ids(dataset.users)
        ids(dataset.items)
        for (item, entry) in dataset.catalogue.entries.enumerated() {
            check(entry.genres.count == dataset.catalogue.genreNumbers(of: item).count)
            check(entry.title.utf8.count >= 0 && entry.links.values.allSatisfy { $0.utf8.count >= 0 })
        }
        let index = CatalogueIndex(dataset)
        check(index.search(limit: 3).total == dataset.items.count)
        _ = index.search("a", genre: dataset.catalogue.genres.first)
        for item in dataset.items.ids.indices.prefix(3) { _ = index.statistics(of: UInt32(item)) }
        recommendations()
    }

    private func lists() {
        let ratings = dataset.ratings
        for user in 0..<ratings.userCount {
            let row = ratings.row(user)
            let items = ratings.items[row]
            check(items.allSatisfy { $0 < ratings.itemCount } && zip(items, items.dropFirst()).allSatisfy { $0 < $1 })
            for code in ratings.rowCodes[row] { check(dataset.scale.code(for: dataset.scale.value(of: code)) == code) }
            for time in ratings.rowTimes[row] { check(time >= 0) }
        }
        for item in 0..<ratings.itemCount {
            for place in ratings.column(item) {
                let row = ratings.row(Int(ratings.users[place]))
                check(row.contains { ratings.items[$0] == item && ratings.rowCodes[$0] == ratings.columnCodes[place] })
            }
        }
    }

    private func ids<ID>(_ vocabulary: Vocabulary<ID>) {
        for (index, id) in vocabulary.ids.enumerated() { check(vocabulary.index(of: id) == UInt32(index)) }
        check(
            vocabulary.index(of: ID(checked: "no such id, as it is longer than any of the seeds")) == nil || vocabulary.count > 0)
    }

    private func recommendations() {
        let engine = RecommendationEngine(dataset: dataset)
        for user in dataset.users.ids.prefix(3).map({ $0 }) + [nil] {
            let profile = dataset.profile(of: user, overlaidWith: LiveProfile())
            for algorithm in Algorithm.allCases {
                for similarity in Similarity.allCases {
                    let query = RecommendationQuery(
                        count: 5, algorithm: algorithm, similarity: similarity,
                        genres: dataset.catalogue.genres.first.map { [$0] })
                    let list = engine.recommend(for: profile, query: query)
                    check(list.items.allSatisfy { $0.score.isFinite && $0.predictedRating?.isFinite ?? true })
                }
            }
        }
    }

    private func check(_ condition: Bool, line: Int = #line) {
        if !condition { fatalError("what was read is no data set: line \(line) of DatasetWalk") }
    }
}
