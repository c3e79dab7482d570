/// The 64-bit checksum XXH64, as specified by Collet ("xxHash fast digest algorithm", version 0.1.1).
///
/// It finds accidents, not forgeries: whoever can write the file can also write a fitting checksum.
package struct XXHash64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    package static func checksum(of bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
        bytes.withUnsafeBytes { checksum(of: $0, seed: seed) }
    }

    private static func checksum(of bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var place = 0
        var sum: UInt64
        if bytes.count >= 32 {
            var lane1 = seed &+ prime1 &+ prime2
            var lane2 = seed &+ prime2
            var lane3 = seed
            var lane4 = seed &- prime1
            while bytes.count - place >= 32 {
                lane1 = round(lane1, word(bytes, at: place))
                lane2 = round(lane2, word(bytes, at: place + 8))
                lane3 = round(lane3, word(bytes, at: place + 16))
                lane4 = round(lane4, word(bytes, at: place + 24))
                place += 32
            }
            sum = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
            for lane in [lane1, lane2, lane3, lane4] {
                sum = (sum ^ round(0, lane)) &* prime1 &+ prime4
            }
        } else {
            sum = seed &+ prime5
        }
        sum &+= UInt64(bytes.count)

        while bytes.count - place >= 8 {
            sum = rotate(sum ^ round(0, word(bytes, at: place)), 27) &* prime1 &+ prime4
            place += 8
        }
        if bytes.count - place >= 4 {
            let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            sum = rotate(sum ^ (half &* prime1), 23) &* prime2 &+ prime3
            place += 4
        }
        while place < bytes.count {
            sum = rotate(sum ^ (UInt64(bytes[place]) &* prime5), 11) &* prime1
            place += 1
        }
        sum = (sum ^ (sum >> 33)) &* prime2
        sum = (sum ^ (sum >> 29)) &* prime3
        return sum ^ (sum >> 32)
    }

    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* prime2, 31) &* prime1
    }

    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
