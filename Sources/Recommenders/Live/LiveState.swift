/// The ratings of a file with what was said since laid over them, at one moment. It never changes.
///
/// Users and items that the file does not know are numbered behind its own, in the order in which they first came.
package struct LiveState: Sendable {
    package let dataset: Dataset
    /// Grows with every batch that changed anything.
    package internal(set) var version: UInt64 = 0
    package internal(set) var size = LiveSize()

    init(over dataset: Dataset) {
        self.dataset = dataset
    }

    /// With new ones.
    package var userCount: Int { dataset.ratings.userCount }

    /// With new ones.
    package var itemCount: Int { dataset.ratings.itemCount }

    /// - Returns: nil for users of whom nobody has heard.
    package func index(of user: UserID) -> UInt32? { dataset.users.index(of: user) }

    /// - Returns: nil for items that are neither in the file nor rated by anybody.
    package func index(of item: ItemID) -> UInt32? { dataset.items.index(of: item) }

    package func user(_ index: UInt32) -> UserID { dataset.users[index] }

    package func item(_ index: UInt32) -> ItemID { dataset.items[index] }

    /// What is known of an item; of one that the file does not know only its id.
    package func entry(of item: UInt32) -> CatalogueEntry { dataset.catalogue.entries[Int(item)] }

    /// How many ratings a user has.
    package func ratingCount(ofUser user: UInt32) -> Int { dataset.ratings.row(Int(user)).count }

    /// How many ratings an item has.
    package func ratingCount(ofItem item: UInt32) -> Int { dataset.ratings.column(Int(item)).count }

    /// How often what is said of the item changed since the file was written.
    package func changeCount(ofItem item: UInt32) -> Int { 0 }

    /// Whether anything was said by the user since the file was written.
    package func isTouched(user: UInt32) -> Bool { false }

    /// A user's ratings by ascending item; times in seconds since 1970.
    package func forEachRating(ofUser user: UInt32, _ body: (_ item: UInt32, _ code: UInt8, _ time: UInt32) -> Void) {
        let ratings = dataset.ratings
        for place in ratings.row(Int(user)) { body(ratings.items[place], ratings.rowCodes[place], ratings.rowTimes[place]) }
    }

    /// An item's ratings by ascending user.
    package func forEachRating(ofItem item: UInt32, _ body: (_ user: UInt32, _ code: UInt8) -> Void) {
        let ratings = dataset.ratings
        for place in ratings.column(Int(item)) { body(ratings.users[place], ratings.columnCodes[place]) }
    }

    /// The user's ratings, with those of `live` laid over them; see `Dataset.profile`.
    package func profile(of user: UserID?, overlaidWith live: LiveProfile) -> Profile {
        dataset.profile(of: user, overlaidWith: live)
    }
}
