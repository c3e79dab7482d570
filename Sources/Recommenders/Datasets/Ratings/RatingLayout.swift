/// Where in the rows of a file of ratings is what.
struct RatingLayout: Sendable {
    var separator: Separator
    /// So many fields has every row.
    var width: Int
    /// Columns, counted from 0.
    var user = 0
    var item = 1
    /// nil where having a row is all that there is to tell.
    var rating: Int?
    /// nil where no time is known.
    var time: Int?
    var values: RatingValues
    /// Whether a time may be a date as well as a number.
    var allowsDates = false
    /// Whether spaces at the ends of a field are not part of it.
    var trimsSpaces = false

    /// Whether the ratings are kept as they are written until their scale is known.
    var keepsValues: Bool { if case .numbers = values { rating != nil } else { false } }

    /// The shortest row has one byte in each column that counts, the separators and the line's end.
    var minimumRowLength: Int { (2 + (rating == nil ? 0 : 1) + (time == nil ? 0 : 1)) + (width - 1) + 1 }

    /// Whether the columns that count are the first and in the usual order, user, item, rating and time, with nothing behind them.
    var isPlain: Bool {
        let columns = [user, item] + [rating, time].compactMap { $0 }
        return columns == Array(0..<width) && (time == nil || rating != nil)
    }
}

/// What the rating column of a file holds.
enum RatingValues: Sendable {
    /// Places on the scale and nothing else; `place` is what one is called.
    case exact(RatingScale, place: String)
    /// Numbers within the scale, of which each counts as the place next to it.
    case nearest(RatingScale)
    /// Any numbers; the scale is made when all are known.
    case numbers
    /// There is no such column.
    case none
}
