import ServiceRuntime

/// The name under which a client sends a request, so that it can send it again. Only a digest of it is kept: clients put all sorts of
/// things into such keys.
package struct IdempotencyKey: Hashable, Sendable {
    /// 64 hexadecimal digits.
    package let digest: String

    /// - Parameter scope: who sends it; the keys of two scopes have nothing to do with each other.
    package init(_ text: String, in scope: String) {
        // No UTF-8 holds this byte, so no two pairs look alike.
        digest = SHA256.hexadecimalDigest(of: Array(scope.utf8) + [0xFF] + Array(text.utf8))
    }
}
