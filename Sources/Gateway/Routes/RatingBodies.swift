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

    /// One per item; a rating that is nil is taken back.
    let ratings: [(item: ItemID, rating: Double?)]

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: ["ratings"])
        let elements = try fields.required("ratings", as: .array)
        let pointer = fields.pointer(to: "ratings")
        try Self.check(elements.count, in: Self.counts, at: pointer)
        var ratings: [(item: ItemID, rating: Double?)] = []
        for (place, element) in elements.enumerated() {
            let fields = try JSONFields(element, at: "\(pointer)/\(place)", known: ["item", "rating"])
            let rating = try fields.requiredOrNull("rating", as: .number)
            if let rating { try shelf.dataset.scale.check(rating, at: fields.pointer(to: "rating")) }
            ratings.append((try fields.item("item", on: shelf), rating))
        }
        self.ratings = Self.lastOfEach(ratings)
    }

    static func check(_ count: Int, in counts: ClosedRange<Int>, at pointer: String) throws(Problem) {
        guard counts.contains(count) else {
            throw .invalidValue("\(counts.lowerBound) to \(counts.upperBound) ratings are expected, found \(count)", at: pointer)
        }
    }

    static func lastOfEach<Rating>(_ ratings: [(item: ItemID, rating: Rating)]) -> [(item: ItemID, rating: Rating)] {
        var places: [ItemID: Int] = [:]
        var result: [(item: ItemID, rating: Rating)] = []
        for rating in ratings {
            if let place = places[rating.item] {
                result[place] = rating
            } else {
                places[rating.item] = result.count
                result.append(rating)
            }
        }
        return result
    }
}

extension JSONFields {
    /// The id of an item that the catalogue has.
    func item(_ name: String, on shelf: ItemShelf) throws(Problem) -> ItemID {
        let text = try required(name, as: .string)
        guard let item = try? ItemID(text) else {
            throw Problem(
                .invalidItemID, "An item id has 1 to 128 bytes.",
                errors: [.init(pointer: pointer(to: name), detail: "no item id")])
        }
        guard shelf.dataset.items.index(of: item) != nil else {
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
