/// Genres in one field of a table.
enum GenreText {
    /// "Adventure|Comedy" taken apart; "(no genres listed)" is none.
    static func genres(_ text: String) -> [String] {
        guard text != "(no genres listed)" else { return [] }
        var genres: [String] = []
        for genre in text.split(separator: "|") where !genres.contains(String(genre)) { genres.append(String(genre)) }
        return genres
    }
}
