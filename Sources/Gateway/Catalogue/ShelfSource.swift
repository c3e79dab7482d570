/// Gives the shelf of the newest generation of files.
typealias ShelfSource = @Sendable () -> ItemShelf
