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
        let base = row.map { ratings.row(Int($0)) } ?? 0..<0
        guard !live.updates.isEmpty else {
            return Profile(items: Array(ratings.items[base]), codes: Array(ratings.rowCodes[base]), row: row)
        }
        // Both ascend by item; where both have one, the live word holds.
        let overlay = overlay(of: live)
        var items: [UInt32] = []
        var codes: [UInt8] = []
        items.reserveCapacity(base.count + overlay.count)
        codes.reserveCapacity(base.count + overlay.count)
        var place = base.lowerBound
        for (item, code) in overlay {
            while place < base.upperBound, ratings.items[place] < item {
                items.append(ratings.items[place])
                codes.append(ratings.rowCodes[place])
                place += 1
            }
            if place < base.upperBound, ratings.items[place] == item { place += 1 }
            guard let code else { continue }
            items.append(item)
            codes.append(code)
        }
        items += ratings.items[place..<base.upperBound]
        codes += ratings.rowCodes[place..<base.upperBound]
        return Profile(items: items, codes: codes, row: row)
    }

    /// The live ratings of known items by ascending item; a code of nil hides the row's rating.
    private func overlay(of live: LiveProfile) -> [(item: UInt32, code: UInt8?)] {
        var overlay: [(item: UInt32, code: UInt8?)] = []
        overlay.reserveCapacity(live.updates.count)
        for update in live.updates.values {
            guard let item = items.index(of: update.item) else { continue }
            overlay.append((item, update.rating.flatMap { scale.code(for: $0) }))
        }
        overlay.sort { $0.item < $1.item }
        return overlay
    }
}
