import Testing

@testable import Recommenders

@Suite struct XXHash64Tests {
    /// The vectors for "", "a" and "abc" and the sentence are those that implementations of the algorithm share.
    @Test(
        arguments: [
            ("", 0xEF46_DB37_51D8_E999),
            ("a", 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)]) func givesTheKnownChecksums(text: String, expected: UInt64)
    {
        #expect(XXHash64.checksum(of: Array(text.utf8).span.bytes) == expected)
    }

    @Test func noticesEveryFlippedBit() {
        var bytes = [UInt8](0..<77)
        var checksums: Set<UInt64> = [XXHash64.checksum(of: bytes.span.bytes)]
        for bit in 0..<bytes.count * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            checksums.insert(XXHash64.checksum(of: bytes.span.bytes))
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        #expect(checksums.count == bytes.count * 8 + 1)
    }
}
