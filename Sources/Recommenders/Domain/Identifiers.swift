/// Whoever rates: any text of 1 to 128 bytes, compared byte for byte.
package struct UserID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) throws(InvalidIdentifier) {
        self.rawValue = try Identifier.checked(rawValue)
    }

    package var description: String { rawValue }
}

/// Whatever is rated (a film, an artist, a product): any text of 1 to 128 bytes, compared byte for byte.
package struct ItemID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) throws(InvalidIdentifier) {
        self.rawValue = try Identifier.checked(rawValue)
    }

    package var description: String { rawValue }
}

/// An identifier that is empty or longer than 128 bytes.
package struct InvalidIdentifier: Error, Equatable {
    package let byteCount: Int
}

extension UserID: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension ItemID: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

private enum Identifier {
    static let maximumByteCount = 128

    static func checked(_ text: String) throws(InvalidIdentifier) -> String {
        let byteCount = text.utf8.count
        guard 1...maximumByteCount ~= byteCount else { throw InvalidIdentifier(byteCount: byteCount) }
        return text
    }
}
