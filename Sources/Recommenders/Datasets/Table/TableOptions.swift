/// What is said of a table of ratings that it does not say itself.
package struct TableOptions: Sendable, Equatable {
    /// Columns by the names that the header has for them, or by their numbers, counted from 1; nil for those that are found by
    /// `ColumnNames` or stand where they usually do.
    package var userColumn: String?
    package var itemColumn: String?
    /// "none" where the table has ratings and they are not to count.
    package var ratingColumn: String?
    /// "none" likewise.
    package var timestampColumn: String?
    /// nil for the one that splits the rows alike.
    package var separator: Separator?
    package var scale = ScaleChoice.detected
    /// Where another table tells what the items are.
    package var itemsPath: String?
    /// What one item is called, in the singular.
    package var itemKind = "item"

    package init() {}
}
