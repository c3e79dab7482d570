import ServiceRuntime

/// What whoever is logged in shows with each request: 256 random bits. It is nowhere kept, logged or shown again.
package struct SessionToken: Sendable {
    /// 43 characters of base64url (RFC 4648 § 5, without padding).
    package let text: String
    /// What it is known by.
    package let digest: TokenDigest

    package static func random() -> SessionToken {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    static func random(using generator: inout some RandomNumberGenerator) -> SessionToken {
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return SessionToken(unchecked: base64(bytes))
    }

    /// - Returns: nil unless `text` has the form of a token.
    package init?(_ text: String) {
        guard text.utf8.count == Self.textByteCount, text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.init(unchecked: text)
    }

    private init(unchecked text: String) {
        self.text = text
        digest = TokenDigest(hexadecimal: SHA256.hexadecimalDigest(of: Array(text.utf8)))
    }

    private static let byteCount = 32
    private static let textByteCount = 43
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func base64(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        characters.reserveCapacity(textByteCount)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for _ in 0...group.count {
                characters.append(alphabet[Int(bits >> 18 & 63)])
                bits <<= 6
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }
}

extension SessionToken: CustomStringConvertible {
    /// So that no log tells it by mistake.
    package var description: String { "(a token)" }
}

/// The SHA-256 of a token, under which its session is kept: whoever reads what is kept cannot log in with it. A slow hash is not
/// needed, since nobody can guess 256 random bits.
package struct TokenDigest: Hashable, Sendable {
    /// 64 digits.
    let hexadecimal: String
}
