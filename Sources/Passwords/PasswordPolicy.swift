/// What may become a password: 8 to 128 characters, not one that everybody tries first. No rules of composition, which make passwords
/// worse (NIST SP 800-63B-4 § 3.1.1.2).
package enum PasswordPolicy {
    /// In Unicode code points.
    package static let length = 8...128

    /// - Parameter name: of whose account it is to be.
    package static func check(_ password: Password, name: String) throws(WeakPassword) {
        guard password.length >= length.lowerBound else { throw .tooShort }
        guard password.length <= length.upperBound else { throw .tooLong }
        let text = String(decoding: password.bytes, as: UTF8.self).lowercased()
        guard text != name.lowercased() else { throw .isName }
        guard !CommonPasswords.all.contains(text) else { throw .isCommon }
    }
}

/// Why a text may not become a password.
package enum WeakPassword: String, Error, CaseIterable {
    case tooShort = "a password has at least 8 characters"
    case tooLong = "a password has at most 128 characters"
    case isName = "a password is not the name"
    case isCommon = "this password is among those that everybody tries first"
}
