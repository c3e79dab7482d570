import Recommenders

/// One user's ratings so far, by ascending item.
struct GrowingProfile {
    private var items: [UInt32] = []
    private var codes: [UInt8] = []
    private var times: [UInt32] = []

    var isEmpty: Bool { items.isEmpty }

    /// - Precondition: its item is not in the profile.
    mutating func add(_ rating: RatingStream.Rating) {
        let place = items.firstIndex { $0 > rating.item } ?? items.count
        items.insert(rating.item, at: place)
        codes.insert(rating.code, at: place)
        times.insert(rating.time, at: place)
    }

    func profile(of user: UInt32) -> Profile { Profile(items: items, codes: codes, times: times, row: user) }
}
