/// What users and items have in common: a text of 1 to 128 bytes.
package protocol Identifier: Hashable, Sendable {
    var rawValue: String { get }

    /// From a text that is known to be one.
    init(checked rawValue: String)
}

/// Whoever rates: any text of 1 to 128 bytes, compared byte for byte.
package struct UserID: Identifier, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) throws(InvalidIdentifier) {
        self.rawValue = try IdentifierText.checked(rawValue)
    }

    package init(checked rawValue: String) { self.rawValue = rawValue }

    package var description: String { rawValue }
}

/// Whatever is rated (a film, an artist, a product): any text of 1 to 128 bytes, compared byte for byte.
package struct ItemID: Identifier, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) throws(InvalidIdentifier) {
        self.rawValue = try IdentifierText.checked(rawValue)
    }

    package init(checked rawValue: String) { self.rawValue = rawValue }

    package var description: String { rawValue }
}

/// An identifier that is empty or longer than 128 bytes.
package struct InvalidIdentifier: Error, Equatable {
    package let byteCount: Int
}

// Swift holds texts equal that look equal, "é" in one character and in two; identifiers are equal only byte for byte, as they are
// for every other program.

extension UserID {
    package static func == (left: UserID, right: UserID) -> Bool { IdentifierText.areEqual(left.rawValue, right.rawValue) }

    package func hash(into hasher: inout Hasher) { IdentifierText.hash(rawValue, into: &hasher) }
}

extension ItemID {
    package static func == (left: ItemID, right: ItemID) -> Bool { IdentifierText.areEqual(left.rawValue, right.rawValue) }

    package func hash(into hasher: inout Hasher) { IdentifierText.hash(rawValue, into: &hasher) }
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

private enum IdentifierText {
    static let maximumByteCount = 128

    static func checked(_ text: String) throws(InvalidIdentifier) -> String {
        let byteCount = text.utf8.count
        guard 1...maximumByteCount ~= byteCount else { throw InvalidIdentifier(byteCount: byteCount) }
        return text
    }

    static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    static func hash(_ text: String, into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
