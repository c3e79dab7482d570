/// The ratings that a query works on: those of a file, and what was said since where that counts.
struct CurrentRatings: Sendable {
    let file: RatingMatrix
    /// nil where only the file is to count.
    let live: LiveState?

    /// With new ones.
    var userCount: Int { live?.userCount ?? file.userCount }

    /// With new ones.
    var itemCount: Int { live?.itemCount ?? file.itemCount }

    /// - Returns: nil where the file's row is all there is.
    @inline(__always)
    func touched(_ user: UInt32) -> LiveUser? { live?.tables.touched(user) }

    /// Whether the user left, and with it the row that the file may still have.
    @inline(__always)
    func isRemoved(_ user: UInt32) -> Bool { live?.tables.isRemoved(user) ?? false }

    /// How many ratings a user has.
    @inline(__always)
    func count(ofUser user: UInt32) -> Int {
        guard let live else { return file.row(Int(user)).count }
        return live.ratingCount(ofUser: user)
    }

    /// Calls `body` with a user's ratings by ascending item.
    @inline(__always)
    func forEachRating(of user: UInt32, _ body: (_ item: UInt32, _ code: UInt8) -> Void) {
        guard let live, live.isTouched(user: user) else {
            for place in file.row(Int(user)) { body(file.items[place], file.rowCodes[place]) }
            return
        }
        live.forEachRating(ofUser: user) { item, code, _ in body(item, code) }
    }

    /// - Returns: nil where the user did not rate the item.
    @inline(__always)
    func code(of item: UInt32, by user: UInt32) -> UInt8? {
        if let live { return live.tables.code(of: item, by: user) }
        let row = file.row(Int(user))
        return file.place(of: item, in: row).map { file.rowCodes[row.lowerBound + $0] }
    }

    /// What was said of an item, by ascending user; nil where nothing was.
    func votes(on item: UInt32) -> [LiveVote]? { live?.tables.items[Int(item)]?.votes }
}
