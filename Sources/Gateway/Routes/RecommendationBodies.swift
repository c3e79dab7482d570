import Jobs
import Messaging
import Recommenders

/// `{"count": 20, "genres": ["Comedy"], "priority": "batch"}`, all of which may be missing.
struct RecommendationBody {
    static let fieldNames = RecommendationQuery.fieldNames.union(["priority"])

    let query: RecommendationQuery
    let lane: JobLane

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        try self.init(reading: JSONFields(value, known: Self.fieldNames), shelf: shelf)
    }

    init(reading fields: JSONFields, shelf: ItemShelf) throws(Problem) {
        query = try RecommendationQuery(reading: fields, shelf: shelf)
        lane = try fields.choice("priority") ?? .interactive
    }
}

/// `{"users": ["ann", "bob"], "aggregation": "average", "count": 20, …}`: several users who want one list.
struct GroupBody {
    static let fieldNames = RecommendationBody.fieldNames.union(["users", "aggregation"])

    /// No two are the same.
    let users: [UserID]
    let query: RecommendationQuery
    let lane: JobLane

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: Self.fieldNames)
        let (names, pointer) = (try fields.required("users", as: .strings), fields.pointer(to: "users"))
        let counts = GroupAggregation.memberRange
        guard counts.contains(names.count) else {
            throw .invalidValue(
                "\(counts.lowerBound) to \(counts.upperBound) users are expected, found \(names.count)", at: pointer)
        }
        var users: [UserID] = []
        for (place, name) in names.enumerated() {
            guard let user = try? UserID(name) else {
                throw Problem(
                    .invalidUserID, "A user id has 1 to 128 bytes.",
                    errors: [.init(pointer: "\(pointer)/\(place)", detail: "no user id")])
            }
            guard !users.contains(user) else { throw .invalidValue("this user is named twice", at: "\(pointer)/\(place)") }
            users.append(user)
        }
        self.users = users
        let wish = try RecommendationBody(reading: fields, shelf: shelf)
        var query = wish.query
        query.aggregation = try fields.choice("aggregation") ?? .average
        guard query.rows == nil else {
            throw .invalidValue("a list for several users has no rows", at: fields.pointer(to: "rows"))
        }
        self.query = query
        lane = wish.lane
    }
}

/// `{"ratings": [{"item": "1", "rating": 4.5}], "count": 20, …}`: what a guest says of itself, and what it asks for.
struct GuestBody {
    static let counts = 0...500

    let ratings: [Job.GuestRating]
    let wish: RecommendationBody

    init(reading value: JSONValue, shelf: ItemShelf) throws(Problem) {
        let fields = try JSONFields(value, known: RecommendationBody.fieldNames.union(["ratings"]))
        let elements = try fields.required("ratings", as: .array)
        ratings = try fields.guestRatings(elements, at: "ratings", counts: Self.counts, shelf: shelf)
        wish = try RecommendationBody(reading: fields, shelf: shelf)
    }
}

extension JSONFields {
    /// What a guest says: one rating for each item, and none is taken back.
    func guestRatings(
        _ elements: [JSONValue], at name: String, counts: ClosedRange<Int>, shelf: ItemShelf
    ) throws(Problem) -> [Job.GuestRating] {
        let pointer = pointer(to: name)
        try RatingsBody.check(elements.count, in: counts, at: pointer)
        var ratings: [(item: ItemID, rating: Double)] = []
        for (place, element) in elements.enumerated() {
            let fields = try JSONFields(element, at: "\(pointer)/\(place)", known: ["item", "rating"])
            let rating = try fields.required("rating", as: .number)
            try shelf.dataset.scale.check(rating, at: fields.pointer(to: "rating"))
            ratings.append((try fields.item("item", on: shelf), rating))
        }
        return RatingsBody.lastOfEach(ratings, item: \.item).map { Job.GuestRating(item: $0.item, rating: $0.rating) }
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let number = try optional(name, as: .integer) else { return nil }
        guard range.contains(number) else {
            throw .invalidValue("\(range.lowerBound) to \(range.upperBound) is expected, found \(number)", at: pointer(to: name))
        }
        return number
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of choices: [Choice] = Array(Choice.allCases)
    ) throws(Problem) -> Choice? {
        guard let text = try optional(name, as: .string) else { return nil }
        guard let choice = choices.first(where: { $0.rawValue == text }) else {
            let choices = choices.map(\.rawValue).joined(separator: ", ")
            throw .invalidValue("one of \(choices) is expected", at: pointer(to: name))
        }
        return choice
    }
}
