/// A stretch of a longer list, and the token with which a client asks for the next one.
///
/// A token names a place and what was asked for, so that it is of no use with another question.
struct Page {
    static let sizes = 1...100
    static let defaultSize = 24

    let offset: Int
    let size: Int
    private let fingerprint: Fingerprint

    /// Reads `pageSize` and `pageToken`.
    ///
    /// - Parameter fingerprint: of what is asked for, besides the page.
    init(reading parameters: QueryParameters, of fingerprint: Fingerprint) throws(Problem) {
        size = try parameters.integer("pageSize", default: Self.defaultSize, in: Self.sizes)
        self.fingerprint = fingerprint
        guard let token = parameters.text("pageToken") else {
            offset = 0
            return
        }
        guard let offset = Self.offset(in: token, of: fingerprint) else { throw Self.invalidToken }
        self.offset = offset
    }

    /// The first one.
    init(size: Int, of fingerprint: Fingerprint) {
        self.size = size
        self.fingerprint = fingerprint
        offset = 0
    }

    /// The places of this page in a list of `total` elements.
    func range(in total: Int) throws(Problem) -> Range<Int> {
        try check(total: total)
        return offset..<min(offset + size, total)
    }

    func check(total: Int) throws(Problem) {
        guard offset == 0 || offset < total else { throw Self.invalidToken }
    }

    /// nil on the last page.
    func nextToken(of total: Int) -> String? {
        offset + size < total ? fingerprint.text + String(offset + size, radix: 16) : nil
    }

    private static func offset(in token: String, of fingerprint: Fingerprint) -> Int? {
        guard token.utf8.count <= 24, token.hasPrefix(fingerprint.text) else { return nil }
        let digits = token.dropFirst(fingerprint.text.count)
        guard let offset = Int(digits, radix: 16), offset > 0, String(offset, radix: 16) == digits else { return nil }
        return offset
    }

    private static var invalidToken: Problem {
        Problem(.invalidPageToken, "A page token belongs to the query that it was given for.")
    }
}
