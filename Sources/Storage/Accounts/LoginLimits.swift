import ServiceRuntime

/// How many passwords may be tried.
package enum LoginLimits {
    /// Attempts in a row that need not wait.
    static let freeFailures = 5
    /// The longest wait in seconds: 1, 2, 4 … up to this.
    static let longestDelay = 900
    /// How long after its last attempt an account is as good as new.
    static let memory: Duration = .seconds(24 * 3600)
    /// Of one address, whatever the names.
    static let ofAddress = RateLimit(requestsPerMinute: 20, burst: 20)

    /// How long to wait after so many attempts that have not succeeded.
    static func delay(after failures: Int) -> Duration {
        guard failures >= freeFailures else { return .zero }
        let doublings = failures - freeFailures
        return .seconds(doublings < 10 ? min(longestDelay, 1 << doublings) : longestDelay)
    }
}
