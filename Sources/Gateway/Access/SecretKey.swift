/// A key that a client may know.
struct SecretKey: Sendable {
    private let bytes: [UInt8]

    init?(_ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        bytes = Array(text.utf8)
    }

    /// Takes the same time wherever the two differ; only the length of `offered`, which its sender knows, has an influence.
    func isEqual(to offered: String) -> Bool {
        let offered = Array(offered.utf8)
        var difference = UInt8(bytes.count == offered.count ? 0 : 1)
        for (place, byte) in offered.enumerated() { difference |= byte ^ bytes[place % bytes.count] }
        return difference == 0
    }
}
