import Glibc

/// Where a client is, as far as attempts are counted by it: an IPv4 address, or the /64 of an IPv6 address, which is what one
/// subscriber has. An IPv4 address written as IPv6 is the IPv4 one.
package struct ClientAddress: Hashable, Sendable, CustomStringConvertible {
    /// "192.0.2.1", or 16 hexadecimal digits of the network.
    let text: String

    /// - Parameter address: as numbers ("192.0.2.1", "2001:db8::1", with or without a zone). Whatever is no address counts as one and the
    ///   same client, so that nobody escapes by nonsense.
    package init(_ address: String) {
        let bare = String(address.prefix { $0 != "%" })
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            text = Self.text(withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            let bytes = withUnsafeBytes(of: &six) { Array($0) }
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            text = isMapped ? Self.text(Array(bytes[12...])) : Self.network(bytes)
        } else {
            text = "unknown"
        }
    }

    package var description: String { text }

    private static func text(_ bytes: [UInt8]) -> String { bytes.map(String.init).joined(separator: ".") }

    private static func network(_ bytes: [UInt8]) -> String {
        bytes[..<8].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
