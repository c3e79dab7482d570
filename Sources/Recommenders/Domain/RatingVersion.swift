/// When a rating was given, as one total order: of two ratings of one item by one user the greater version holds.
///
/// A hybrid clock (Kulkarni et al. 2014): milliseconds since 1970 in the upper 44 bits, a counter in the lower 20,
/// then the number of the process that gave it, which breaks ties. Its text has a fixed width and sorts like the version, so that
/// Redis can compare it as a string.
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
        hexadecimal(clock, width: 16) + hexadecimal(UInt64(origin), width: 8)
    }

    package init?(_ text: some StringProtocol) {
        let digits = text.utf8
        let isLowercaseHexadecimal = digits.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
        guard digits.count == Self.textByteCount, isLowercaseHexadecimal,
            let clock = UInt64(text.prefix(16), radix: 16), let origin = UInt32(text.suffix(8), radix: 16)
        else { return nil }
        self.init(clock: clock, origin: origin)
    }

    private func hexadecimal(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.utf8.count) + digits
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
