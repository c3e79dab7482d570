/// All that `kindred import` makes of a data set and the processes load: who rated what, and what the items are.
package struct Dataset: Sendable {
    /// Where it came from, for people: "MovieLens ml-latest-small".
    package let name: String
    package let scale: RatingScale
    package let users: Vocabulary<UserID>
    /// In the order of `catalogue.entries` and of the matrix's columns. Items without ratings are in it too.
    package let items: Vocabulary<ItemID>
    package let ratings: RatingMatrix
    package let catalogue: Catalogue
    /// For each item the items most like it.
    package let similarItems: SimilarItems

    package init(
        name: String, scale: RatingScale, users: Vocabulary<UserID>, items: Vocabulary<ItemID>, ratings: RatingMatrix,
        catalogue: Catalogue, similarItems: SimilarItems
    ) {
        precondition(users.count == ratings.userCount && items.count == ratings.itemCount)
        precondition(items.count == catalogue.entries.count && items.count == similarItems.itemCount)
        self.name = name
        self.scale = scale
        self.users = users
        self.items = items
        self.ratings = ratings
        self.catalogue = catalogue
        self.similarItems = similarItems
    }

    /// The user's row of the matrix with the live ratings laid over it. Live ratings of items or values that this data set does
    /// not know are left out.
    package func profile(of user: UserID?, overlaidWith live: LiveProfile) -> Profile {
        let row = user.flatMap { users.index(of: $0) }
        var codes: [UInt32: UInt8] = [:]
        if let row {
            for place in ratings.row(Int(row)) { codes[ratings.items[place]] = ratings.rowCodes[place] }
        }
        for update in live.updates.values {
            guard let item = items.index(of: update.item) else { continue }
            codes[item] = update.rating.flatMap { scale.code(for: $0) }
        }
        let sorted = codes.sorted { $0.key < $1.key }
        return Profile(items: sorted.map(\.key), codes: sorted.map(\.value), row: row)
    }
}
