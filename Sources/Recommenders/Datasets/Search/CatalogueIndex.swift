/// Finds items by the beginnings of their titles' words, by year and by genre.
///
/// Built once from a data set; after that a search looks at the words that fit and at one byte for each item.
package struct CatalogueIndex: Sendable {
    /// So many words of a query count, so that a long one costs no more than a short one.
    package static let maximumWordCount = 16

    private let statistics: [ItemStatistics]
    /// All items, the most rated first, of equals the lower index: what search calls an item's rank is its place here.
    private let order: [UInt32]
    private let words: RankedPostings
    private let genres: RankedPostings

    package init(_ dataset: Dataset) {
        let ratings = dataset.ratings
        let scale = dataset.scale
        // Summed as codes, which are whole numbers, so that the order of the users makes no difference.
        let sums = ratings.columnCodeSums
        statistics = sums.indices.map { item in
            let count = ratings.column(item).count
            let mean = count == 0 ? nil : scale.minimum + (Double(sums[item]) / Double(count) - 1) * scale.step
            return ItemStatistics(ratingCount: count, meanRating: mean)
        }
        let order = (0..<UInt32(ratings.itemCount)).sorted { left, right in
            let (leftCount, rightCount) = (ratings.column(Int(left)).count, ratings.column(Int(right)).count)
            return leftCount != rightCount ? leftCount > rightCount : left < right
        }
        self.order = order
        let entries = dataset.catalogue.entries
        words = RankedPostings(
            order.map { item in
                let entry = entries[Int(item)]
                let folded = FoldedWords(entry.title)
                return folded.words + folded.compounds + (entry.year.map { [String($0)] } ?? [])
            })
        genres = RankedPostings(order.map { entries[Int($0)].genres.map(Self.folded(genre:)) })
    }

    package func statistics(of item: UInt32) -> ItemStatistics { statistics[Int(item)] }

    /// The items of which every word of `text` begins a word of the title, or the year. Upper and lower case and accents make no
    /// difference, nor do they in `genre`. An empty text finds all.
    ///
    /// - Parameters:
    ///   - offset: how many of those found are before the page; `limit`: how many are on it at most. Negative ones count as 0.
    /// - Complexity: O(items + items that each word finds).
    package func search(_ text: String = "", genre: String? = nil, offset: Int = 0, limit: Int = 20) -> CataloguePage {
        var queries = Array(FoldedWords(text).words.prefix(Self.maximumWordCount))
        // Text without a single letter or digit asks for something that no title has.
        if queries.isEmpty && text.contains(where: { !$0.isWhitespace }) { queries = [text] }

        // How many of the conditions each rank met, one after the other.
        var met = [UInt8](repeating: 0, count: order.count)
        var conditions: UInt8 = 0
        func require(_ ranks: ArraySlice<UInt32>) {
            for rank in ranks where met[Int(rank)] == conditions { met[Int(rank)] = conditions + 1 }
            conditions += 1
        }
        if let genre { require(genres.ranks(of: Self.folded(genre: genre))) }
        for query in queries { require(words.ranks(ofPrefix: query)) }

        var items: [UInt32] = []
        var total = 0
        for rank in order.indices where met[rank] == conditions {
            if total >= offset && items.count < limit { items.append(order[rank]) }
            total += 1
        }
        return CataloguePage(items: items, total: total)
    }

    private static func folded(genre: String) -> String {
        FoldedWords(genre).words.joined(separator: " ")
    }
}
