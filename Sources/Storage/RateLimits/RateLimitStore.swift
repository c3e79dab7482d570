/// How many requests came of late.
package protocol RateLimitStore: Sendable {
    /// Counts a request in all of `buckets` if each of them takes it, else in none.
    ///
    /// The generic cell rate algorithm (ITU-T I.371): of each bucket one moment is kept, at which it will be as good as new; a request
    /// moves it on by its share, and is refused when the moment is too far ahead.
    ///
    /// - Returns: how each bucket stands, in their order.
    func count(in buckets: [RateLimitBucket]) async throws(StorageError) -> [RateLimitState]
}
