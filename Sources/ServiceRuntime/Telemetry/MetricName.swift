/// Turns what code calls a metric into what Prometheus accepts.
enum MetricName {
    static let secondsSuffix = "_seconds"

    /// Letters, digits, `_` and `:`, no digit first; whatever else is in `label` becomes `_`.
    static func metric(_ label: String) -> String {
        checked(label) { isNameByte($0) || $0 == UInt8(ascii: ":") }
    }

    static func timer(_ label: String) -> String {
        let name = metric(label)
        return name.hasSuffix(secondsSuffix) ? name : name + secondsSuffix
    }

    /// `kind="ratings",outcome="succeeded"`: sorted by name, values escaped. Of two dimensions of one name the later counts.
    ///
    /// - Parameter reserved: names that the format itself gives a meaning; a dimension of that name gets a `_` behind it.
    static func labels(_ dimensions: [(String, String)], reserved: Set<String> = []) -> String {
        var values: [String: String] = [:]
        for (dimension, value) in dimensions {
            var name = checked(dimension, isNameByte)
            if reserved.contains(name) { name += "_" }
            values[name] = value
        }
        return values.sorted { $0.key < $1.key }.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func checked(_ text: String, _ isAllowed: (UInt8) -> Bool) -> String {
        var bytes = text.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        if bytes.first.map({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
