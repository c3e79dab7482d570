import JSON
import Jobs
import Recommenders

/// Which of the keys that are known were there.
struct SeenKeys<Key: RawRepresentable<String> & Hashable> {
    private var seen: [Key] = []

    /// - Returns: nil when the member was passed over: it is not known, or null.
    mutating func key(_ name: String, _ reader: inout JSONReader) throws(JSONReader.Malformed) -> Key? {
        guard let key = Key(rawValue: name) else {
            try reader.skip()
            return nil
        }
        guard !seen.contains(key) else { throw reader.malformed("a name occurs twice in one object") }
        seen.append(key)
        return try reader.null() ? nil : key
    }
}

extension JSONReader {
    /// A string that means something.
    mutating func value<Value>(_ convert: (String) -> Value?) throws(Malformed) -> Value {
        guard let value = convert(try string()) else { throw malformed("a text without meaning here") }
        return value
    }

    mutating func list<Element>(
        _ read: (inout JSONReader) throws(Malformed) -> Element
    ) throws(Malformed) -> [Element] {
        var elements: [Element] = []
        try beginArray()
        while try nextElement() { elements.append(try read(&self)) }
        return elements
    }

    mutating func rating() throws(Malformed) -> (
        item: ItemID, value: Double?, version: RatingVersion?, isDismissed: Bool
    ) {
        var (item, value, version): (ItemID?, Double?, RatingVersion?) = (nil, nil, nil)
        var isDismissed = false
        var seen = SeenKeys<WireKey.Rating>()
        try beginObject()
        while let name = try nextName() {
            switch try seen.key(name, &self) {
            case .item?: item = try self.value { try? ItemID($0) }
            case .value?: value = try double()
            case .version?: version = try self.value { RatingVersion($0) }
            case .isDismissed?: isDismissed = try bool()
            case nil: break
            }
        }
        guard let item else { throw malformed("a rating without item") }
        return (item, value, version, isDismissed)
    }

    /// The members of an object whose names are known; the others are passed over.
    mutating func members<Key: RawRepresentable<String> & Hashable>(
        _ keys: Key.Type, _ read: (Key, inout JSONReader) throws(Malformed) -> Void
    ) throws(Malformed) {
        var seen = SeenKeys<Key>()
        try beginObject()
        while let name = try nextName() {
            if let key = try seen.key(name, &self) { try read(key, &self) }
        }
    }
}
