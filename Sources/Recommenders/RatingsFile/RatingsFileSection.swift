/// What a part of a ratings file holds. Lists of lists are kept as two or more sections: where each list starts, with one number
/// more than there are lists, and the elements of all.
package enum RatingsFileSection: UInt32, FileSection {
    /// `RatingsFileProperties`.
    case properties = 1
    /// The data set's name and what its items are called.
    case names
    /// Ids by index, and the indices in the order of the ids' bytes.
    case userIDs, userOrder, itemIDs, itemOrder
    case rowStarts, rowItems, rowCodes, rowTimes
    case columnStarts, columnUsers, columnCodes
    case titles
    /// `Int32.min` where the year is not known.
    case years
    case genres, genreStarts, genreIndices
    case linkNames, linkStarts, linkNameIndices, linkTexts
    /// See `RatingMatrix.timeOrder`; empty where it is nil.
    case rowTimeOrder

    package static var optionalCount: Int { 1 }

    /// The magic begins with a byte that no text begins with and holds both line ends, so that a transfer as text shows (as PNG does it).
    package static let kind = SectionFileKind(
        name: "ratings file", magic: UInt64(littleEndian: 0x0A0D_5352_444E_4BE7), version: 2,
        cure: "import the data set again")
}
