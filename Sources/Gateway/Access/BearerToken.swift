import Hummingbird

extension Request {
    /// What follows `Bearer` in `Authorization`.
    enum Token: Equatable {
        case none
        case bearer(String)
        /// Another scheme, or no scheme.
        case malformed
    }

    var token: Token {
        guard let header = headers[.authorization] else { return .none }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .malformed }
        return .bearer(String(parts[1]))
    }
}
