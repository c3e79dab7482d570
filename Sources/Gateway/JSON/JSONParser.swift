import JSON

/// Reads a whole JSON text as strictly as `JSONReader`, and takes no name twice in one object.
struct JSONParser {
    /// Why a text is no JSON, and at which byte.
    struct Malformed: Error, Equatable {
        let reason: String
        let offset: Int
    }

    /// How deep arrays and objects may be nested; our own bodies need three levels.
    static let maximumDepth = JSONReader.maximumDepth

    static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSONValue {
        do throws(JSONReader.Malformed) {
            var reader = JSONReader(bytes)
            let value = try value(&reader)
            try reader.end()
            return value
        } catch {
            throw Malformed(reason: error.reason, offset: error.offset)
        }
    }

    private static func value(_ reader: inout JSONReader) throws(JSONReader.Malformed) -> JSONValue {
        switch try reader.kind() {
        case .object: return try object(&reader)
        case .array: return try array(&reader)
        case .string: return .string(try reader.string())
        case .number: return .number(try reader.double())
        case .bool: return .bool(try reader.bool())
        case .null:
            _ = try reader.null()
            return .null
        }
    }

    private static func object(_ reader: inout JSONReader) throws(JSONReader.Malformed) -> JSONValue {
        var members: [String: JSONValue] = [:]
        try reader.beginObject()
        while let name = try reader.nextName() {
            guard members[name] == nil else { throw reader.malformed("a name occurs twice in one object") }
            members[name] = try value(&reader)
        }
        return .object(members)
    }

    private static func array(_ reader: inout JSONReader) throws(JSONReader.Malformed) -> JSONValue {
        var elements: [JSONValue] = []
        try reader.beginArray()
        while try reader.nextElement() { elements.append(try value(&reader)) }
        return .array(elements)
    }
}
