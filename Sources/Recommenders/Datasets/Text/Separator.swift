/// What stands between the fields of a row.
package enum Separator: String, Sendable, CaseIterable {
    /// RFC 4180: a field may stand in quotes, a quote in it is doubled.
    case comma
    /// Quoted like commas.
    case semicolon
    /// No quoting, so that a title may begin with a quote.
    case tab
    /// No quoting (MovieLens 100K).
    case pipe
    /// Any number of spaces or tabs, also before the first field and behind the last; no quoting.
    case spaces
    /// MovieLens 1M and 10M; no quoting.
    case twoColons = "two-colons"

    /// The byte that ends a field; of two colons each.
    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        case .pipe: UInt8(ascii: "|")
        case .spaces: UInt8(ascii: " ")
        case .twoColons: UInt8(ascii: ":")
        }
    }

    /// How many of `byte` stand between two fields that are written plainly.
    var length: Int { self == .twoColons ? 2 : 1 }

    var allowsQuotes: Bool { self == .comma || self == .semicolon }
}
