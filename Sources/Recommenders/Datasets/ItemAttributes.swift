/// What the catalogue knows of an item, as names and texts, so that filters and boosts can ask for it: `year` (`"1999"`), `genre`, and of
/// each other catalogue that it is linked to, the item's name there (`imdb`, `tmdb`).
package enum ItemAttributes {
    package static let year = "year"
    package static let genre = "genre"
}

extension Catalogue {
    /// By name, sorted: those that any item may have.
    package var attributeNames: [String] { ([ItemAttributes.year, ItemAttributes.genre] + linkNames).sorted() }

    /// The values of an item's attribute; none where it has none. A link's name never hides the other two.
    func values(of attribute: String, item: Int) -> [String] {
        switch attribute {
        case ItemAttributes.year: years[item] == .min ? [] : [String(years[item])]
        case ItemAttributes.genre: genreNumbers(of: item).map { genres[Int($0)] }
        default:
            (linkStarts[item]..<linkStarts[item + 1]).filter { linkNames[Int(linkNameIndices[$0])] == attribute }
                .map { linkTexts[$0] }
        }
    }
}
