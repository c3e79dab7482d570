/// The first eight bytes of a text as one number, so that most texts are put in order without being looked at.
enum BytePrefix {
    /// Texts whose prefixes differ have the prefixes' order. Equal prefixes say nothing: shorter texts are filled up with zeros.
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var prefix: UInt64 = 0
        for place in 0..<min(8, bytes.count) { prefix |= UInt64(bytes[place]) << (56 - 8 * UInt64(place)) }
        return prefix
    }
}
