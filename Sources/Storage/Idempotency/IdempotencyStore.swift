import ServiceRuntime

/// Which requests were made under which keys.
package protocol IdempotencyStore: Sendable {
    /// Keeps `claim` under `key` for `lifetime` from now on, unless something else than `known` (nil: anything at all) is kept there.
    ///
    /// All gateways that ask at once get the same answer: one of them keeps its claim, the others learn of it.
    ///
    /// - Returns: what is kept instead; nil when `claim` was.
    func replace(
        _ known: IdempotencyClaim?, with claim: IdempotencyClaim, under key: IdempotencyKey, lifetime: Duration
    ) async throws(StorageError) -> IdempotencyClaim?
}
