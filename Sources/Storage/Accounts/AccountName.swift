/// A name by which somebody logs in: 3 to 32 of `A-Z a-z 0-9 - _ .`.
///
/// Kept as it was written, and the same name as any other that differs in case only. Letters are those of ASCII: others have several
/// forms that look alike, and the same eye would take two accounts for one.
package struct AccountName: Sendable, CustomStringConvertible {
    package let text: String
    /// What names are compared by.
    let folded: String

    package init(_ text: String) throws(InvalidAccountName) {
        guard 3...32 ~= text.utf8.count, text.utf8.allSatisfy(Self.isAllowed) else { throw InvalidAccountName() }
        self.text = text
        folded = text.lowercased()
    }

    package var description: String { text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension AccountName: Hashable {
    package static func == (left: AccountName, right: AccountName) -> Bool { left.folded == right.folded }
    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

package struct InvalidAccountName: Error, CustomStringConvertible {
    package var description: String { "a name has 3 to 32 letters (A-Z, a-z), digits, hyphens, underscores and dots" }
}
