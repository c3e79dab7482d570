import ServiceRuntime

/// What answers are made of.
protocol JSONRepresentable {
    /// Writes exactly one JSON value.
    func write(to json: inout JSONWriter)
}

extension String: JSONRepresentable {
    func write(to json: inout JSONWriter) { json.string(self) }
}

extension Int: JSONRepresentable {
    func write(to json: inout JSONWriter) { json.literal(description) }
}

extension Double: JSONRepresentable {
    /// JSON has no infinities.
    func write(to json: inout JSONWriter) { json.literal(isFinite ? description : "null") }
}

extension Bool: JSONRepresentable {
    func write(to json: inout JSONWriter) { json.literal(self ? "true" : "false") }
}

extension Timestamp: JSONRepresentable {
    func write(to json: inout JSONWriter) { json.string(iso8601) }
}

extension Optional: JSONRepresentable where Wrapped: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        if let value = self { value.write(to: &json) } else { json.literal("null") }
    }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.array { json in
            for element in self { element.write(to: &json) }
        }
    }
}

extension Dictionary: JSONRepresentable where Key == String, Value: JSONRepresentable {
    /// Sorted by key, so that the same value is always the same text.
    func write(to json: inout JSONWriter) {
        json.object { json in
            for (key, value) in sorted(by: { $0.key < $1.key }) { json.field(key, value) }
        }
    }
}
