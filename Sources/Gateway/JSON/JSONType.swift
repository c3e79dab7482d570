/// What a field may hold, and how it is read.
struct JSONType<Value> {
    /// "a number", for error messages.
    let name: String
    let convert: (JSONValue) -> Value?

    func read(_ value: JSONValue, at pointer: String) throws(Problem) -> Value {
        guard let result = convert(value) else { throw .wrongType(of: value, expected: name, at: pointer) }
        return result
    }
}

extension JSONType<Double> {
    static var number: Self {
        JSONType(name: "a number") { if case .number(let number) = $0 { number } else { nil } }
    }
}

extension JSONType<Int> {
    static var integer: Self {
        JSONType(name: "a whole number") { if case .number(let number) = $0 { Int(exactly: number) } else { nil } }
    }
}

extension JSONType<String> {
    static var string: Self {
        JSONType(name: "a string") { if case .string(let text) = $0 { text } else { nil } }
    }
}

extension JSONType<Bool> {
    static var bool: Self {
        JSONType(name: "a boolean") { if case .bool(let flag) = $0 { flag } else { nil } }
    }
}

extension JSONType<[String: JSONValue]> {
    static var members: Self {
        JSONType(name: "an object") { if case .object(let members) = $0 { members } else { nil } }
    }
}

extension JSONType<[JSONValue]> {
    static var array: Self {
        JSONType(name: "an array") { if case .array(let elements) = $0 { elements } else { nil } }
    }
}

extension JSONType<[String]> {
    static var strings: Self {
        JSONType(name: "an array of strings") { value in
            guard case .array(let elements) = value else { return nil }
            let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return texts.count == elements.count ? texts : nil
        }
    }
}
