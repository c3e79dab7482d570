/// A film's title as MovieLens writes it, taken apart: "Toy Story (1995)" is the title "Toy Story" and the year 1995.
///
/// Series have a span, "(1975-1979)", "(2006–2007)" or "(2007- )", of which the first year counts. A title without a year stays
/// as it is.
struct MovieTitle: Equatable {
    let title: String
    let year: Int?

    /// - Parameter takesYear: whether a year at the end is not part of the title.
    init(_ text: String, takesYear: Bool = true) {
        let trimmed = Self.trim(text[...])
        guard takesYear, trimmed.hasSuffix(")"), let open = trimmed.lastIndex(of: "("),
            let year = Self.year(trimmed[open...].dropFirst().dropLast())
        else {
            self.init(title: String(trimmed), year: nil)
            return
        }
        let rest = Self.trim(trimmed[..<open])
        self.init(title: String(rest.isEmpty ? trimmed : rest), year: rest.isEmpty ? nil : year)
    }

    private init(title: String, year: Int?) {
        self.title = title
        self.year = year
    }

    private static func year(_ text: Substring) -> Int? {
        let digits = text.prefix { "0"..."9" ~= $0 }
        guard digits.utf8.count == 4, let year = Int(digits), 1800..<2200 ~= year else { return nil }
        let isYearOrSpan = text.dropFirst(4).allSatisfy { "0"..."9" ~= $0 || "-– ".contains($0) }
        return isYearOrSpan ? year : nil
    }

    private static func trim(_ text: Substring) -> Substring {
        let front = text.drop(while: \.isWhitespace)
        guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return front }
        return front[...last]
    }
}
