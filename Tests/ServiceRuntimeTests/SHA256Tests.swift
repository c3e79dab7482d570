import Testing

@testable import ServiceRuntime

@Suite struct SHA256Tests {
    /// From FIPS 180-4's examples and NIST's SHA256ShortMsg.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func digestsAsTheStandardSays(text: String, digest: String) {
        #expect(SHA256.hexadecimalDigest(of: Array(text.utf8)) == digest)
    }

    @Test func digestsAMillionLetters() {
        let digest = SHA256.hexadecimalDigest(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// Lengths around the end of a block, where padding goes wrong: the digest of all their digests.
    @Test func padsEveryLength() {
        var digests: [UInt8] = []
        for count in 0...130 {
            digests += SHA256.hexadecimalDigest(of: [UInt8](repeating: UInt8(count), count: count)).utf8
        }
        #expect(SHA256.hexadecimalDigest(of: digests) == "d0baea72526dad7349caefa1eb0367cdf14831720b58b6ab382f9386e8ad7be9")
    }
}
