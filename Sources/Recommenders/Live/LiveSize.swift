/// How much is laid over a ratings file.
package struct LiveSize: Hashable, Sendable {
    /// Pairs of a user and an item of which anything was said, take-backs among them.
    package var ratings = 0
    /// Ratings that are not as they are in the file.
    package var votes = 0
    /// Users who said anything, new ones among them.
    package var users = 0
    /// Users that the file does not know.
    package var newUsers = 0
    /// Items that the file does not know.
    package var newItems = 0
    /// Users of whom nothing remains.
    package var removedUsers = 0
    /// Words left out because of the limits.
    package var refused = 0
    /// What it takes in memory, roughly.
    package var bytes = 0

    package init() {}
}
