/// The members of a JSON object of which all names are known beforehand: a misspelt name is an error, not silently nothing.
struct JSONFields {
    private let members: [String: JSONValue]
    /// Where the object stands in the body, as a JSON pointer.
    let pointer: String

    init(_ value: JSONValue, at pointer: String = "#", known: Set<String>) throws(Problem) {
        guard case .object(let members) = value else { throw .wrongType(of: value, expected: "an object", at: pointer) }
        let unknown = members.keys.filter { !known.contains($0) }.sorted()
        guard unknown.isEmpty else {
            let names = known.sorted().joined(separator: ", ")
            throw Problem(
                .unknownField, "There is no such field. Known here: \(names).",
                errors: unknown.map { .init(pointer: Self.pointer(to: $0, in: pointer), detail: "unknown field") })
        }
        self.members = members
        self.pointer = pointer
    }

    /// A field that may be left out; null counts as left out.
    func optional<Value>(_ name: String, as type: JSONType<Value>) throws(Problem) -> Value? {
        guard let value = members[name], value != .null else { return nil }
        return try type.read(value, at: pointer(to: name))
    }

    func required<Value>(_ name: String, as type: JSONType<Value>) throws(Problem) -> Value {
        try type.read(try present(name), at: pointer(to: name))
    }

    /// A field that must be there, though it may be null.
    func requiredOrNull<Value>(_ name: String, as type: JSONType<Value>) throws(Problem) -> Value? {
        let value = try present(name)
        return value == .null ? nil : try type.read(value, at: pointer(to: name))
    }

    func pointer(to name: String) -> String { Self.pointer(to: name, in: pointer) }

    private func present(_ name: String) throws(Problem) -> JSONValue {
        if let value = members[name] { return value }
        throw Problem(
            .missingField, "A field is missing.", errors: [.init(pointer: pointer(to: name), detail: "missing field")])
    }

    /// RFC 6901 escapes.
    private static func pointer(to name: String, in pointer: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return "\(pointer)/\(name)"
        }
        var escaped = ""
        for character in name.unicodeScalars {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return "\(pointer)/\(escaped)"
    }
}
