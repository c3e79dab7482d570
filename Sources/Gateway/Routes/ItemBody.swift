import Recommenders

/// `{"title": "Toy Story", "year": 1995, "genres": ["Animation", "Comedy"]}`
struct ItemBody {
    private static let titleByteCounts = 1...500
    private static let years = -9999...9999
    private static let genreCounts = 0...50
    private static let genreByteCounts = 1...100

    let entry: CatalogueEntry

    init(reading value: JSONValue) throws(Problem) {
        let fields = try JSONFields(value, known: ["title", "year", "genres"])
        let title = try fields.required("title", as: .string)
        guard Self.titleByteCounts.contains(title.utf8.count), title.contains(where: { !$0.isWhitespace }) else {
            throw .invalidValue("A title has 1 to 500 bytes, not only spaces.", at: fields.pointer(to: "title"))
        }
        let year = try fields.optional("year", as: .integer)
        if let year, !Self.years.contains(year) {
            throw .invalidValue("A year is from -9999 to 9999.", at: fields.pointer(to: "year"))
        }
        let genres = try fields.optional("genres", as: .strings) ?? []
        guard Self.genreCounts.contains(genres.count), genres.allSatisfy({ Self.genreByteCounts.contains($0.utf8.count) }) else {
            throw .invalidValue("There are at most 50 genres, of 1 to 100 bytes each.", at: fields.pointer(to: "genres"))
        }
        entry = CatalogueEntry(title: title, year: year, genres: genres)
    }
}
