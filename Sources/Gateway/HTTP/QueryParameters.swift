import Hummingbird

/// The parameters behind the `?`, of which all names are known beforehand.
struct QueryParameters {
    private var values: [String: String] = [:]

    init(of request: Request, known: Set<String>) throws(Problem) {
        for part in (request.uri.query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(pair[0], plusIsSpace: true),
                let value = PercentEncoding.decoded(pair.count == 2 ? pair[1] : "", plusIsSpace: true)
            else { throw Problem(.invalidParameter, "The query is not percent-encoded UTF-8.") }
            guard known.contains(name) else {
                let names = known.sorted().joined(separator: ", ")
                throw Problem(.invalidParameter, names.isEmpty ? "None is known here." : "Known here: \(names).")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.invalidParameter, "\(name) is given twice.")
            }
        }
    }

    /// - Returns: nil when it is missing or empty.
    func text(_ name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    func integer(_ name: String, default value: Int, in range: ClosedRange<Int>) throws(Problem) -> Int {
        guard let text = text(name) else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(.invalidParameter, "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func flag(_ name: String, default value: Bool) throws(Problem) -> Bool {
        switch text(name) {
        case nil: return value
        case "true": return true
        case "false": return false
        default: throw Problem(.invalidParameter, "\(name) is true or false.")
        }
    }
}

extension Request {
    /// For routes that know no query parameters: a misspelt one is an error, not silently nothing.
    func refuseParameters() throws(Problem) { _ = try QueryParameters(of: self, known: []) }
}
