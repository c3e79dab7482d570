import Recommenders

extension Dataset {
    /// Six films and four people. The fewer the items' number, the more often they were rated; the last one never was.
    static let small = Dataset(
        name: "Six films", scale: .halfStars,
        users: Vocabulary(["ann", "bob", "cem", "dee"].compactMap { try? UserID($0) }),
        items: Vocabulary(["1", "2", "3", "4", "a/b", "6"].compactMap { try? ItemID($0) }),
        ratings: RatingMatrix(
            itemCount: 6, rowStarts: [0, 3, 6, 10, 12], items: [0, 1, 2, 0, 1, 3, 0, 1, 2, 4, 0, 2],
            rowCodes: [10, 8, 6, 9, 8, 2, 7, 5, 10, 10, 8, 9]),
        catalogue: Catalogue(
            itemKind: "movie",
            entries: [
                CatalogueEntry(title: "Toy Story", year: 1995, genres: ["Animation", "Comedy"], links: ["imdb": "0114709"]),
                CatalogueEntry(title: "Heat", year: 1995, genres: ["Thriller"]),
                CatalogueEntry(title: "Alien", year: 1979, genres: ["Horror", "Thriller"]),
                CatalogueEntry(title: "Clue", year: 1985, genres: ["Comedy"]),
                CatalogueEntry(title: "Face/Off", year: 1997, genres: ["Thriller"]),
                CatalogueEntry(title: "Unseen"),
            ]))
}

extension ItemWeights {
    /// Of `Dataset.small`: the first item is like the second and the third, the second like the first.
    static let small = ItemWeights(
        starts: [0, 2, 3, 3, 3, 3, 3], items: [1, 2, 0], weights: [0.75, 0.5, 0.75], covered: [1, 1, 1, 1, 1, 1])
}
