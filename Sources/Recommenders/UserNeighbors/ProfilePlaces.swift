/// Says of any item in O(1) whether and where it stands in one profile.
struct ProfilePlaces: Sendable {
    /// By item: 0 for items outside the profile, else one more than the place in it.
    private var marks: [UInt32]

    init(itemCount: Int) {
        marks = [UInt32](repeating: 0, count: itemCount)
    }

    /// Makes room for more items.
    mutating func grow(to itemCount: Int) {
        if itemCount > marks.count { marks += repeatElement(0, count: itemCount - marks.count) }
    }

    mutating func mark(_ items: [UInt32]) {
        for (place, item) in items.enumerated() { marks[Int(item)] = UInt32(place + 1) }
    }

    mutating func clear(_ items: [UInt32]) {
        for item in items { marks[Int(item)] = 0 }
    }

    /// - Returns: nil for items outside the profile.
    func place(of item: UInt32) -> Int? {
        let mark = marks[Int(item)]
        return mark == 0 ? nil : Int(mark) - 1
    }

    /// By item: 0 for items outside the profile, else one more than the place in it.
    func withMarks<Result>(_ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
        marks.withUnsafeBufferPointer(body)
    }
}
