/// SHA-256 (FIPS 180-4), for texts that must not be told apart by accident or on purpose: keys that clients choose, and what they
/// sent with them.
package struct SHA256 {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    private var words = [UInt32](repeating: 0, count: 64)
    /// What does not fill a block yet.
    private var rest: [UInt8] = []
    private var byteCount: UInt64 = 0

    package init() { rest.reserveCapacity(64) }

    /// 64 hexadecimal digits.
    package static func hexadecimalDigest(of message: [UInt8]) -> String {
        var digest = SHA256()
        message.withUnsafeBytes { digest.update($0) }
        return digest.finish()
    }

    /// Takes the next part of the message.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        byteCount += UInt64(bytes.count)
        var place = 0
        if !rest.isEmpty {
            place = min(64 - rest.count, bytes.count)
            rest.append(contentsOf: bytes[..<place])
            guard rest.count == 64 else { return }
            let block = rest
            block.withUnsafeBytes { take($0) }
            rest.removeAll(keepingCapacity: true)
        }
        while bytes.count - place >= 64 {
            take(UnsafeRawBufferPointer(rebasing: bytes[place..<place + 64]))
            place += 64
        }
        rest.append(contentsOf: bytes[place...])
    }

    /// The digest of all parts as 64 hexadecimal digits; there are no more.
    package mutating func finish() -> String {
        let bitCount = byteCount * 8
        var end: [UInt8] = [0x80]
        while (rest.count + end.count) % 64 != 56 { end.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) { end.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift))) }
        end.withUnsafeBytes { update($0) }
        return String(unsafeUninitializedCapacity: 64) { digits in
            for place in 0..<64 {
                let digit = UInt8(state[place / 8] >> UInt32(28 - 4 * (place % 8)) & 15)
                digits[place] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
            }
            return 64
        }
    }

    private mutating func take(_ block: UnsafeRawBufferPointer) {
        for place in 0..<16 { words[place] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self)) }
        Self.mix(&words, into: &state)
    }

    /// - Parameter words: the sixteen of the block, with room for those that are made of them.
    private static func mix(_ words: inout [UInt32], into state: inout [UInt32]) {
        for place in 16..<64 {
            let (near, far) = (words[place - 2], words[place - 15])
            let first = rotated(far, by: 7) ^ rotated(far, by: 18) ^ far >> 3
            let second = rotated(near, by: 17) ^ rotated(near, by: 19) ^ near >> 10
            words[place] = words[place - 16] &+ first &+ words[place - 7] &+ second
        }
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7])
        for round in 0..<64 {
            let choice = e & f ^ ~e & g
            let fromE = rotated(e, by: 6) ^ rotated(e, by: 11) ^ rotated(e, by: 25)
            let next = h &+ fromE &+ choice &+ constants[round] &+ words[round]
            let majority = a & b ^ a & c ^ b & c
            let fromA = rotated(a, by: 2) ^ rotated(a, by: 13) ^ rotated(a, by: 22)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ next, c, b, a, next &+ fromA &+ majority)
        }
        for (place, word) in [a, b, c, d, e, f, g, h].enumerated() { state[place] &+= word }
    }

    private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
