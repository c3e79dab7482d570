import Recommenders
import ServiceRuntime

/// A page of what one user dismissed, as JSON.
struct DismissedView: JSONRepresentable {
    let user: UserID
    let version: RatingVersion?
    let updates: ArraySlice<RatingUpdate>
    let total: Int
    let nextPageToken: String?
    let shelf: ItemShelf

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("user", user.rawValue)
            json.field("ratingsVersion", version?.description)
            json.field("total", total)
            json.key("items")
            json.array { json in
                for update in updates {
                    json.object { json in
                        shelf.writeMembers(of: update.item, &json)
                        json.field("dismissedAt", Timestamp(milliseconds: Int64(update.version.milliseconds)))
                    }
                }
            }
            if let nextPageToken { json.field("nextPageToken", nextPageToken) }
        }
    }
}
