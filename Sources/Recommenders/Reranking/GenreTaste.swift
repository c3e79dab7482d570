/// Which genres somebody likes more than others do.
struct GenreTaste: Sendable {
    private let catalogue: Catalogue
    /// By genre, how many ratings its items have.
    private let counts: [Double]
    private let ratingCount: Double
    private let maximumCode: Double

    /// - Complexity: O(genres of all items).
    init(_ dataset: Dataset) {
        catalogue = dataset.catalogue
        var counts = [Double](repeating: 0, count: catalogue.genres.count)
        for item in catalogue.entries.indices {
            for genre in catalogue.genreNumbers(of: item) {
                counts[Int(genre)] += Double(dataset.ratings.column(item).count)
            }
        }
        self.counts = counts
        ratingCount = Double(dataset.ratings.ratingCount)
        maximumCode = Double(dataset.scale.maximumCode)
    }

    /// All genres with ratings: first those of which the profiles have most beyond what anybody has, each rating counting by its place on the
    /// scale, and the excess in deviations of what chance would give; of equal ones first the more often rated. Without ratings, the most
    /// rated genres.
    ///
    /// - Complexity: O(genres log genres + genres of the profiles' items).
    func genres(by profiles: [Profile]) -> [String] {
        var own = [Double](repeating: 0, count: counts.count)
        var total = 0.0
        for (item, code) in profiles.lazy.flatMap({ zip($0.items, $0.codes) }) {
            let weight = Double(code) / maximumCode
            total += weight
            guard item < catalogue.entries.count else { continue }
            for genre in catalogue.genreNumbers(of: Int(item)) { own[Int(genre)] += weight }
        }
        let excess = counts.indices.map { genre in
            let expected = total * counts[genre] / max(ratingCount, 1)
            return expected > 0 ? (own[genre] - expected) / expected.squareRoot() : own[genre]
        }
        return counts.indices.filter { counts[$0] > 0 }
            .sorted { (excess[$0], counts[$0], $1) > (excess[$1], counts[$1], $0) }
            .map { catalogue.genres[$0] }
    }
}
