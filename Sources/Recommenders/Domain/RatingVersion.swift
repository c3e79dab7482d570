/// When a rating was given, as one total order: of two ratings of one item by one user the greater version holds.
///
/// A hybrid clock (Kulkarni et al. 2014): milliseconds since 1970 in the upper 44 bits, a counter in the lower 20,
/// then the number of the process that gave it, which breaks ties. Its text has a fixed width and sorts like the version, so that
/// it can be compared without being parsed.
package struct RatingVersion: Hashable, Sendable {
    /// Milliseconds and counter.
    package let clock: UInt64
    /// Who gave it.
    package let origin: UInt32

    package init(clock: UInt64, origin: UInt32) {
        self.clock = clock
        self.origin = origin
    }

    package init(milliseconds: UInt64, origin: UInt32) {
        self.init(clock: milliseconds << 20, origin: origin)
    }

    package var milliseconds: UInt64 { clock >> 20 }

    /// The next version of `origin` at `milliseconds`: later than `self` even when the clock went back.
    package func next(milliseconds: UInt64) -> RatingVersion {
        RatingVersion(clock: max(milliseconds << 20, clock + 1), origin: origin)
    }
}

extension RatingVersion: Comparable {
    package static func < (left: RatingVersion, right: RatingVersion) -> Bool {
        left.clock != right.clock ? left.clock < right.clock : left.origin < right.origin
    }
}

extension RatingVersion: LosslessStringConvertible {
    /// Bytes in the text form.
    package static let textByteCount = 24

    /// 24 lower-case hexadecimal digits: 16 of the clock, 8 of the origin.
    package var description: String {
        String(unsafeUninitializedCapacity: Self.textByteCount) { digits in
            for place in 0..<16 { digits[place] = Self.digit(clock >> (60 - 4 * UInt64(place))) }
            for place in 0..<8 { digits[16 + place] = Self.digit(UInt64(origin) >> (28 - 4 * UInt64(place))) }
            return Self.textByteCount
        }
    }

    package init?(_ text: String) { self.init(digits: text.utf8) }

    /// The same from bytes, which need not be checked for being UTF-8 first.
    package init?(bytes: ArraySlice<UInt8>) { self.init(digits: bytes) }

    private init?(digits: some Collection<UInt8>) {
        guard digits.count == Self.textByteCount else { return nil }
        var bits: UInt128 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: bits = bits << 4 | UInt128(digit - 0x30)
            case 0x61...0x66: bits = bits << 4 | UInt128(digit - 0x61 + 10)
            default: return nil
            }
        }
        self.init(clock: UInt64(truncatingIfNeeded: bits >> 32), origin: UInt32(truncatingIfNeeded: bits))
    }

    private static func digit(_ bits: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: bits & 15)
        return value < 10 ? 0x30 + value : 0x61 + value - 10
    }
}

extension RatingVersion: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let version = RatingVersion(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no rating version")
        }
        self = version
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
