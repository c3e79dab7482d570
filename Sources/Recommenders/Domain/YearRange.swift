/// The years from one to another, both among them; either end may be open.
package struct YearRange: Hashable, Sendable, Codable {
    /// nil for any before.
    package var from: Int?
    /// nil for any after. Before `from`, no year is in the range.
    package var through: Int?

    package init(from: Int? = nil, through: Int? = nil) {
        self.from = from
        self.through = through
    }

    /// Whether it is all years, and those that are not known.
    package var isUnbounded: Bool { from == nil && through == nil }

    package func contains(_ year: Int) -> Bool { from ?? .min <= year && year <= through ?? .max }
}
