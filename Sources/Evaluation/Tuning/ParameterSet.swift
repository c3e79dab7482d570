import Foundation

/// Parameters by name; names with points lead into members (`recency.halfLife`).
package typealias ParameterSet = [String: ParameterValue]

extension ParameterSet {
    /// `defaults` with these parameters in place of its own.
    ///
    /// Throws `ParameterSetError` when `defaults` has no such parameter or takes no such value.
    package func merged<Parameters: Codable>(into defaults: Parameters) throws -> Parameters {
        let encoder = JSONEncoder()
        var object = try Self.object(encoder.encode(defaults))
        for (name, value) in self { Self.set(value, at: name.split(separator: ".").map(String.init)[...], in: &object) }
        let merged: Parameters
        do {
            merged = try JSONDecoder().decode(Parameters.self, from: JSONSerialization.data(withJSONObject: object))
        } catch let error as DecodingError {
            throw ParameterSetError(message: "the parameters do not fit: \(error)")
        }
        // What a type does not know its decoder passes over, so it has to be looked for.
        let kept = try Self.object(encoder.encode(merged))
        for (name, value) in self where value != .none {
            guard let found = Self.value(at: name.split(separator: ".").map(String.init)[...], in: kept), value.equals(found)
            else {
                throw ParameterSetError(message: "there is no parameter \(name) that can be \(value)")
            }
        }
        return merged
    }

    private static func object(_ data: Data) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw ParameterSetError(message: "the parameters are no JSON object")
        }
        return object
    }

    private static func set(_ value: ParameterValue, at path: ArraySlice<String>, in object: inout [String: Any]) {
        guard let name = path.first else { return }
        if path.count > 1 {
            var member = object[name] as? [String: Any] ?? [:]
            set(value, at: path.dropFirst(), in: &member)
            object[name] = member
        } else {
            object[name] = value.json
        }
    }

    private static func value(at path: ArraySlice<String>, in object: [String: Any]) -> Any? {
        guard let name = path.first, let member = object[name] else { return nil }
        guard path.count > 1 else { return member }
        return (member as? [String: Any]).flatMap { value(at: path.dropFirst(), in: $0) }
    }
}

extension ParameterValue {
    /// As `JSONSerialization` has it.
    fileprivate var json: Any {
        switch self {
        case .number(let number): Int(exactly: number).map { $0 as Any } ?? number
        case .text(let text): text
        case .flag(let flag): flag
        case .none: NSNull()
        }
    }

    fileprivate func equals(_ json: Any) -> Bool {
        switch self {
        // Types with single precision give back a rounded number.
        case .number(let number): (json as? NSNumber).map { abs($0.doubleValue - number) <= 1e-6 * abs(number) } ?? false
        case .text(let text): json as? String == text
        case .flag(let flag): json as? Bool == flag
        case .none: json is NSNull
        }
    }
}
