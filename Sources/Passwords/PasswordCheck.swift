/// Whether a password is somebody's, found out in the same way whether or not there is such a somebody.
package struct PasswordCheck: Sendable {
    private let hashing: any PasswordHashing

    package init(_ hashing: any PasswordHashing) {
        self.hashing = hashing
    }

    /// - Parameter hash: of the account that has the name; nil when none has. Then the decoy is checked, which takes as long, and the
    ///   answer is false.
    package func accepts(_ password: Password, for hash: String?) async throws(PasswordError) -> Bool {
        let isRight = try await hashing.verify(password, against: hash ?? hashing.decoy)
        return isRight && hash != nil
    }

    /// A hash to keep instead of `hash`, if that was made with other parameters than new ones are; nil if it is as good.
    ///
    /// Worth no failed log-in, so nil also when nobody has time to make it.
    package func betterHash(of password: Password, than hash: String) async -> String? {
        hashing.needsRehash(hash) ? try? await hashing.hash(password) : nil
    }
}
