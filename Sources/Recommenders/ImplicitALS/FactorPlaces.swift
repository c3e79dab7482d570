/// Where items stand in `ItemFactors`.
struct FactorPlaces: Sendable {
    /// By item; `absent` for items without factors.
    private let places: [UInt32]

    private static let absent = UInt32.max

    init(of factors: ItemFactors) {
        var places = [UInt32](repeating: Self.absent, count: factors.itemCount)
        for (place, item) in factors.items.enumerated() { places[Int(item)] = UInt32(place) }
        self.places = places
    }

    /// nil for items without factors, those among them that nobody has heard of.
    subscript(item: UInt32) -> Int? {
        guard item < places.count, places[Int(item)] != Self.absent else { return nil }
        return Int(places[Int(item)])
    }
}
