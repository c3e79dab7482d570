import Recommenders
import ServiceRuntime

/// A page of one user's ratings as JSON.
struct ProfileView: JSONRepresentable {
    struct Rating: Equatable {
        let item: ItemID
        let value: Double
        /// nil for ratings of the ratings file, which does not keep when they were given.
        let version: RatingVersion?
    }

    let user: UserID
    let version: RatingVersion?
    let ratings: ArraySlice<Rating>
    let total: Int
    let nextPageToken: String?
    let shelf: ItemShelf

    /// The live ratings, newest first, then those of the ratings file that no live word replaces, in the catalogue's order.
    static func ratings(of user: UserID, live: LiveProfile, in dataset: Dataset) -> [Rating] {
        var ratings = live.newestFirst.compactMap { update in
            update.rating.map { Rating(item: update.item, value: $0, version: update.version) }
        }
        guard let row = dataset.users.index(of: user) else { return ratings }
        for place in dataset.ratings.row(Int(row)) {
            let item = dataset.items[dataset.ratings.items[place]]
            guard live.updates[item] == nil else { continue }
            let value = dataset.scale.value(of: dataset.ratings.rowCodes[place])
            ratings.append(Rating(item: item, value: value, version: nil))
        }
        return ratings
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("user", user.rawValue)
            json.field("ratingsVersion", version?.description)
            json.field("total", total)
            json.key("ratings")
            json.array { json in
                for rating in ratings {
                    json.object { json in
                        json.key("item")
                        json.object { shelf.writeMembers(of: rating.item, &$0) }
                        json.field("rating", rating.value)
                        json.field("ratedAt", rating.version.map { Timestamp(milliseconds: Int64($0.milliseconds)) })
                    }
                }
            }
            if let nextPageToken { json.field("nextPageToken", nextPageToken) }
        }
    }
}
