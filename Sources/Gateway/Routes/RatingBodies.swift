import Recommenders

/// `{"rating": 4.5}`
struct RatingBody {
    let rating: Double

    init(reading value: JSONValue, scale: RatingScale) throws(Problem) {
        let fields = try JSONFields(value, known: ["rating"])
        rating = try fields.required("rating", as: .number)
        try scale.check(rating, at: fields.pointer(to: "rating"))
    }
}

/// `{"ratings": [{"item": "1", "rating": 4.5}, {"item": "2", "rating": null}]}`
struct RatingsBody {
    static let counts = 1...500

    /// One per item.
    let changes: [(item: ItemID, change: RatingChange)]

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: ["ratings"])
        let elements = try fields.required("ratings", as: .array)
        let pointer = fields.pointer(to: "ratings")
        try Self.check(elements.count, in: Self.counts, at: pointer)
        var changes: [(item: ItemID, change: RatingChange)] = []
        for (place, element) in elements.enumerated() {
            let fields = try JSONFields(element, at: "\(pointer)/\(place)", known: ["item", "rating"])
            let rating = try fields.requiredOrNull("rating", as: .number)
            if let rating { try shelf.dataset.scale.check(rating, at: fields.pointer(to: "rating")) }
            changes.append((try fields.item("item", on: shelf), rating.map { .rated($0) } ?? .removed))
        }
        self.changes = Self.lastOfEach(changes, item: \.item)
    }

    static func check(_ count: Int, in counts: ClosedRange<Int>, at pointer: String) throws(Problem) {
        guard counts.contains(count) else {
            throw .invalidValue("\(counts.lowerBound) to \(counts.upperBound) ratings are expected, found \(count)", at: pointer)
        }
    }

    static func lastOfEach<Rating>(_ ratings: [Rating], item: (Rating) -> ItemID) -> [Rating] {
        var places: [ItemID: Int] = [:]
        var result: [Rating] = []
        for rating in ratings {
            if let place = places[item(rating)] {
                result[place] = rating
            } else {
                places[item(rating)] = result.count
                result.append(rating)
            }
        }
        return result
    }
}

extension JSONFields {
    /// The id of an item that is known.
    func item(_ name: String, on shelf: ItemShelf) throws(Problem) -> ItemID {
        let text = try required(name, as: .string)
        guard let item = try? ItemID(text) else {
            throw Problem(
                .invalidItemID, "An item id has 1 to 128 bytes.",
                errors: [.init(pointer: pointer(to: name), detail: "no item id")])
        }
        guard shelf.has(item) else {
            throw Problem(
                .unknownItem, "An item is not in the catalogue.",
                errors: [.init(pointer: pointer(to: name), detail: "unknown item")])
        }
        return item
    }
}

extension RatingScale {
    func check(_ rating: Double, at pointer: String) throws(Problem) {
        guard code(for: rating) == nil else { return }
        throw Problem(
            .ratingOffScale, "Ratings go from \(minimum) to \(maximum) in steps of \(step).",
            errors: [.init(pointer: pointer, detail: "\(rating) is not on the scale")])
    }
}
