import Foundation

/// What somebody knows. Two keyboards may send the same letter in one character or in two; both are the same password.
package struct Password: Sendable {
    /// Of the normal form C (Unicode Standard Annex 15), in UTF-8.
    let bytes: [UInt8]
    /// Code points of it.
    let length: Int

    package init(_ text: String) {
        let normal = text.precomposedStringWithCanonicalMapping
        bytes = Array(normal.utf8)
        length = normal.unicodeScalars.count
    }
}

extension Password: CustomStringConvertible {
    /// So that no log tells it by mistake.
    package var description: String { "(a password)" }
}
