package import ServiceRuntime

/// The name of one job: 26 characters of Crockford's base 32, lower case, that sort by time of creation (the layout of ULID: 48 bits
/// of milliseconds, 80 random bits).
package struct JobID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    /// - Returns: nil unless `text` is 26 characters of the alphabet.
    package init?(_ text: String) {
        guard text.utf8.count == 26, text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        rawValue = text
    }

    /// A new one, unlike any other.
    package static func random(at moment: Timestamp = .now) -> JobID {
        var generator = SystemRandomNumberGenerator()
        return random(at: moment, using: &generator)
    }

    package static func random(at moment: Timestamp, using generator: inout some RandomNumberGenerator) -> JobID {
        var bits = UInt128(UInt64(truncatingIfNeeded: moment.milliseconds) & 0xFFFF_FFFF_FFFF) << 80
        bits |= UInt128(UInt16.random(in: .min ... .max, using: &generator)) << 64
        bits |= UInt128(UInt64.random(in: .min ... .max, using: &generator))
        let characters = (0..<26).map { place in alphabet[Int(truncatingIfNeeded: bits >> (5 * (25 - place))) & 31] }
        return JobID(unchecked: String(decoding: characters, as: UTF8.self))
    }

    package var description: String { rawValue }

    /// When it was made, by its maker's clock.
    package var createdAt: Timestamp {
        let bits = rawValue.utf8.reduce(into: UInt128(0)) { bits, character in
            bits = bits << 5 | UInt128(Self.alphabet.firstIndex(of: character) ?? 0)
        }
        return Timestamp(milliseconds: Int64(truncatingIfNeeded: bits >> 80))
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}

extension JobID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = JobID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no job id")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
