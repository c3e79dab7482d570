/// Says of any item in O(1) whether and where it stands in one profile.
struct ProfilePlaces: Sendable {
    /// By item: 0 for items outside the profile, else one more than the place in it.
    private var marks: [UInt32]

    init(itemCount: Int) {
        marks = [UInt32](repeating: 0, count: itemCount)
    }

    mutating func mark(_ profile: Profile) {
        for (place, item) in profile.items.enumerated() { marks[Int(item)] = UInt32(place + 1) }
    }

    mutating func clear(_ profile: Profile) {
        for item in profile.items { marks[Int(item)] = 0 }
    }

    func contains(_ item: UInt32) -> Bool { marks[Int(item)] != 0 }

    /// - Returns: nil for items outside the profile.
    func place(of item: UInt32) -> Int? {
        let mark = marks[Int(item)]
        return mark == 0 ? nil : Int(mark) - 1
    }
}
