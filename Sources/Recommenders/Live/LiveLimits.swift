/// How much may be laid over a ratings file. What is beyond is counted and left out, until a new file takes it in.
package struct LiveLimits: Hashable, Sendable {
    /// Pairs of a user and an item of which anything was said.
    package var ratings: Int
    /// Users that the file does not know.
    package var users: Int
    /// Items that the file does not know.
    package var items: Int

    package init(ratings: Int = 2_000_000, users: Int = 500_000, items: Int = 100_000) {
        self.ratings = ratings
        self.users = users
        self.items = items
    }
}
