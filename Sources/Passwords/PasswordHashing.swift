/// Turns passwords into what may be kept of them.
package protocol PasswordHashing: Sendable {
    /// A new salt each time, so no two hashes of one password are alike.
    ///
    /// - Returns: a PHC string: algorithm, parameters, salt and hash.
    func hash(_ password: Password) async throws(PasswordError) -> String

    /// - Returns: false also when `hash` is none that this can read.
    func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool

    /// Whether a hash made now would be a better one.
    func needsRehash(_ hash: String) -> Bool

    /// The hash of no password, whose checking costs what the checking of any other does.
    var decoy: String { get }
}
