/// What an import found, for people to read.
package struct ImportReport: Sendable, Equatable {
    /// Rows of the ratings file, its header not counted.
    package var ratingRows = 0
    /// Rows left out, of all files.
    package var badRows = 0
    /// The first few of them: "ratings.csv, line 7: …".
    package var firstBadRows: [String] = []
    /// Ratings that a later one of the same item by the same user replaced.
    package var duplicates = 0
    /// Ratings kept.
    package var ratings = 0
    package var users = 0
    package var items = 0
    /// Items nobody rated; they are among `items`.
    package var unratedItems = 0
    /// How the ratings became places on the data set's scale; nil where they are as they were written.
    package var scaleNote: String?

    package init() {}
}
