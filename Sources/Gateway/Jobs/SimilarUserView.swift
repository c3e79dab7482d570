import Recommenders

/// Somebody of like taste as JSON: what is liked, and no name.
struct SimilarUserView: JSONRepresentable {
    let user: SimilarUser
    let shelf: ItemShelf

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("similarity", user.similarity)
            json.field("sharedItems", user.sharedItems)
            json.key("likedByBoth")
            write(user.likedByBoth, to: &json)
            json.key("best")
            write(user.best, to: &json)
        }
    }

    private func write(_ items: [ItemID], to json: inout JSONWriter) {
        json.array { json in
            for item in items { shelf.writeSummary(of: item, &json) }
        }
    }
}
