import Foundation

/// What somebody knows. Two keyboards may send the same letter in one character or in two; both are the same password.
package struct Password: Sendable {
    /// Of the normal form C (Unicode Standard Annex 15), in UTF-8.
    let bytes: [UInt8]
    /// Code points of it.
    let length: Int

    /// Beyond that no text is brought into its normal form: the time that takes grows with the square of its length, and anybody may send
    /// one.
    private static let maximumByteCount = 2048

    package init(_ text: String) {
        guard text.utf8.count <= Self.maximumByteCount else {
            // Nobody's password: too long for a new one, and wrong as an old one.
            bytes = []
            length = .max
            return
        }
        let normal = text.precomposedStringWithCanonicalMapping
        bytes = Array(normal.utf8)
        length = normal.unicodeScalars.count
    }
}

extension Password: CustomStringConvertible {
    /// So that no log tells it by mistake.
    package var description: String { "(a password)" }
}
