/// A key that a client may know, or several of the same rights: while one is replaced the old and the new one are both good.
struct SecretKey: Sendable {
    private let keys: [[UInt8]]

    /// - Parameter text: one key on a line; spaces around them and empty lines do not count.
    init?(_ text: String?) {
        keys = (text ?? "").split(whereSeparator: \.isNewline).map { Array($0.trimmingSpace.utf8) }.filter { !$0.isEmpty }
        if keys.isEmpty { return nil }
    }

    /// Takes the same time wherever the keys differ from it; only the length of `offered`, which its sender knows, has an influence.
    func isEqual(to offered: String) -> Bool {
        let offered = Array(offered.utf8)
        var isOneOfThem = false
        for key in keys where Self.areEqual(key, offered) { isOneOfThem = true }
        return isOneOfThem
    }

    /// Whether a key of the one is a key of the other.
    func overlaps(_ other: SecretKey) -> Bool { !Set(keys).isDisjoint(with: other.keys) }

    private static func areEqual(_ key: [UInt8], _ offered: [UInt8]) -> Bool {
        var difference = UInt8(key.count == offered.count ? 0 : 1)
        for (place, byte) in offered.enumerated() { difference |= byte ^ key[place % key.count] }
        return difference == 0
    }
}
