/// What a part of a ratings file holds. Lists of lists are kept as two or more sections: where each list starts, with one number
/// more than there are lists, and the elements of all.
enum RatingsFileSection: UInt32, CaseIterable, Sendable {
    /// `RatingsFileProperties`, then the data set's name and item kind as texts.
    case properties = 1
    case userIDs, itemIDs
    case rowStarts, rowItems, rowCodes
    /// The same ratings by item. They could be made from the rows; they are here so that a process can one day serve both
    /// straight from the mapped file.
    case columnStarts, columnUsers, columnCodes
    case titles
    /// `Int32.min` where the year is not known.
    case years
    case genres, genreStarts, genreIndices
    case linkNames, linkStarts, linkNameIndices, linkTexts
    case similarStarts, similarItems, similarScores

    /// For people.
    var name: String { "section \(rawValue) (\(self))" }
}
