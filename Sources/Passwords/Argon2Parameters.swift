/// How much work an Argon2id hash is (RFC 9106).
package struct Argon2Parameters: Hashable, Sendable {
    /// In KiB.
    package var memory: UInt32 = 19_456
    /// Over all of the memory.
    package var passes: UInt32 = 2
    /// What may be computed at the same time; we compute it by one thread.
    package var lanes: UInt32 = 1
    /// Bytes of the salt.
    package var saltLength = 16
    /// Bytes of the hash.
    package var tagLength = 32

    /// What OWASP's Password Storage Cheat Sheet asks for at least, in the variant with the most memory but one.
    package init() {}

    /// The longest text that a hash with these parameters is written as, its final zero included.
    var textByteCount: Int { 64 + Self.base64Count(saltLength) + Self.base64Count(tagLength) }

    /// Nothing that we wrote is more work than this, and nobody shall keep us busy by what somebody else wrote.
    var isReasonable: Bool {
        8...262_144 ~= memory && 1...16 ~= passes && 1...16 ~= lanes && 8...64 ~= saltLength && 16...64 ~= tagLength
    }

    /// Characters of base 64 without padding.
    private static func base64Count(_ bytes: Int) -> Int { (4 * bytes + 2) / 3 }
}

extension Argon2Parameters {
    /// Those of a hash in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
    ///
    /// - Returns: nil when it is no Argon2id of version 19.
    init?(ofHash text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
        let settings = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard settings.count == 3, let memory = Self.number(settings[0], "m="), let passes = Self.number(settings[1], "t="),
            let lanes = Self.number(settings[2], "p=")
        else { return nil }
        self.init()
        (self.memory, self.passes, self.lanes) = (memory, passes, lanes)
        saltLength = parts[4].utf8.count * 3 / 4
        tagLength = parts[5].utf8.count * 3 / 4
    }

    private static func number(_ text: Substring, _ name: String) -> UInt32? {
        text.hasPrefix(name) ? UInt32(text.dropFirst(name.count)) : nil
    }
}
