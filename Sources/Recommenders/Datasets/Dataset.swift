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
    /// Where in the log those live ratings begin that are not in `ratings`; nil if that is not known.
    package let logOffset: Int64?

    package init(
        name: String, scale: RatingScale, users: Vocabulary<UserID>, items: Vocabulary<ItemID>, ratings: RatingMatrix,
        catalogue: Catalogue, logOffset: Int64? = nil
    ) {
        precondition(users.count == ratings.userCount && items.count == ratings.itemCount)
        precondition(items.count == catalogue.entries.count)
        self.name = name
        self.scale = scale
        self.users = users
        self.items = items
        self.ratings = ratings
        self.catalogue = catalogue
        self.logOffset = logOffset
    }

    /// The user's row of the matrix with the live ratings laid over it. Live ratings of items or values that this data set does
    /// not know are left out; so are dismissed items, of which the profile has a list of their own.
    package func profile(of user: UserID?, overlaidWith live: LiveProfile) -> Profile {
        let row = user.flatMap { users.index(of: $0) }
        let base = row.map { ratings.row(Int($0)) } ?? 0..<0
        guard !live.updates.isEmpty else {
            return Profile(
                items: Array(ratings.items[base]), codes: Array(ratings.rowCodes[base]), times: Array(ratings.rowTimes[base]),
                row: row)
        }
        // Both ascend by item; where both have one, the live word holds.
        let overlay = live.overlay(on: scale) { self.items.index(of: $0) }
        var items: [UInt32] = []
        var codes: [UInt8] = []
        var times: [UInt32] = []
        func takeRow(_ places: Range<Int>) {
            items += ratings.items[places]
            codes += ratings.rowCodes[places]
            times += ratings.rowTimes[places]
        }
        var place = base.lowerBound
        for update in overlay {
            let start = place
            while place < base.upperBound, ratings.items[place] < update.item { place += 1 }
            takeRow(start..<place)
            if place < base.upperBound, ratings.items[place] == update.item { place += 1 }
            guard let code = update.code else { continue }
            items.append(update.item)
            codes.append(code)
            times.append(update.time)
        }
        takeRow(place..<base.upperBound)
        return Profile(items: items, codes: codes, times: times, row: row, dismissed: live.dismissed { self.items.index(of: $0) })
    }
}
