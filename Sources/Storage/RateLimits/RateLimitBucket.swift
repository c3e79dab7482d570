package import Recommenders
import ServiceRuntime

/// Whose requests are counted together.
package struct RateLimitBucket: Hashable, Sendable {
    /// Where it is kept.
    let key: RedisKey
    package let limit: RateLimit

    /// The requests of everybody who is known by `scope`, of which only a digest is kept.
    package init(scope: String, limit: RateLimit) {
        key = .rateLimit(ofScope: SHA256.hexadecimalDigest(of: Array(scope.utf8)))
        self.limit = limit
    }

    /// The requests in the name of one user.
    package init(user: UserID, limit: RateLimit) {
        key = .rateLimit(of: user)
        self.limit = limit
    }
}
