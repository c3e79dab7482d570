import Recommenders

/// What the parts of a wish for a list are made of.
extension JSONFields {
    /// Genres of the catalogue; nil when none is named.
    func genres(_ name: String, on shelf: ItemShelf) throws(Problem) -> [String]? {
        guard let genres = try texts(name), !genres.isEmpty else { return nil }
        for (place, genre) in genres.enumerated() { try shelf.checkGenre(genre, at: "\(pointer(to: name))/\(place)") }
        return genres
    }

    /// Ids of items, whether or not the catalogue has them; nil when none is named.
    func identifiers(_ name: String) throws(Problem) -> [ItemID]? {
        guard let texts = try texts(name), !texts.isEmpty else { return nil }
        var items: [ItemID] = []
        for (place, text) in texts.enumerated() {
            guard let item = try? ItemID(text) else {
                throw Problem(
                    .invalidItemID, "An item id has 1 to 128 bytes.",
                    errors: [.init(pointer: "\(pointer(to: name))/\(place)", detail: "no item id")])
            }
            items.append(item)
        }
        return items
    }

    /// `{"year": ["1999", "2000"]}`: attributes of the catalogue, each with the values of which an item is to have one.
    func attributes(_ name: String, on shelf: ItemShelf) throws(Problem) -> [String: [String]] {
        guard let members = try optional(name, as: .members) else { return [:] }
        guard members.count <= RecommendationQuery.attributesLimit else {
            throw .invalidValue("at most \(RecommendationQuery.attributesLimit) attributes are expected", at: pointer(to: name))
        }
        // Their names are checked one by one, since those that are known are too many for an error message.
        let fields = try JSONFields(.object(members), at: pointer(to: name), known: Set(members.keys))
        var attributes: [String: [String]] = [:]
        for attribute in members.keys.sorted() {
            try shelf.checkAttribute(attribute, at: fields.pointer(to: attribute))
            guard let values = try fields.texts(attribute), !values.isEmpty else { continue }
            for (place, value) in values.enumerated() { try check(value, at: "\(fields.pointer(to: attribute))/\(place)") }
            attributes[attribute] = values
        }
        return attributes
    }

    func number(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
        guard let number = try optional(name, as: .number) else { return nil }
        guard range.contains(number) else {
            throw .invalidValue("\(range.lowerBound) to \(range.upperBound) is expected, found \(number)", at: pointer(to: name))
        }
        return number
    }

    func requiredNumber(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double {
        guard let number = try number(name, in: range) else { throw missing(name) }
        return number
    }

    func requiredInteger(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int {
        guard let number = try integer(name, in: range) else { throw missing(name) }
        return number
    }

    /// An object inside this one.
    func object(_ name: String, known: Set<String>) throws(Problem) -> JSONFields? {
        guard let members = try optional(name, as: .members) else { return nil }
        return try JSONFields(.object(members), at: pointer(to: name), known: known)
    }

    /// An array of objects that all have the same members.
    func objects<Element>(
        _ name: String, atMost limit: Int, known: Set<String>, _ read: (JSONFields) throws(Problem) -> Element
    ) throws(Problem) -> [Element] {
        guard let values = try optional(name, as: .array) else { return [] }
        guard values.count <= limit else { throw .invalidValue("at most \(limit) are expected", at: pointer(to: name)) }
        var elements: [Element] = []
        for (place, value) in values.enumerated() {
            elements.append(try read(JSONFields(value, at: "\(pointer(to: name))/\(place)", known: known)))
        }
        return elements
    }

    /// An attribute's value may be any text that is no longer than an item's id.
    func check(_ value: String, at pointer: String) throws(Problem) {
        guard 1...128 ~= value.utf8.count else { throw .invalidValue("a value has 1 to 128 bytes", at: pointer) }
    }

    private func texts(_ name: String) throws(Problem) -> [String]? {
        guard let texts = try optional(name, as: .strings) else { return nil }
        guard texts.count <= RecommendationQuery.valuesLimit else {
            throw .invalidValue("at most \(RecommendationQuery.valuesLimit) are expected", at: pointer(to: name))
        }
        return texts
    }

    private func missing(_ name: String) -> Problem {
        Problem(.missingField, "A field is missing.", errors: [.init(pointer: pointer(to: name), detail: "missing field")])
    }
}

extension ItemShelf {
    func checkGenre(_ genre: String, at pointer: String) throws(Problem) {
        guard dataset.catalogue.genres.contains(genre) else { throw .invalidValue("no item has this genre", at: pointer) }
    }

    func checkAttribute(_ name: String, at pointer: String) throws(Problem) {
        guard attributes.contains(name) else {
            throw .invalidValue("the catalogue knows no such attribute: \(attributes.joined(separator: ", "))", at: pointer)
        }
    }
}
