package import Recommenders
package import ServiceRuntime

/// That somebody is logged in.
package struct Session: Hashable, Sendable {
    package let user: UserID
    package let createdAt: Timestamp
    /// Whatever happens.
    package let expiresAt: Timestamp
    /// Unless it is used before.
    package var idleExpiresAt: Timestamp

    /// A new one of `account`.
    package init(of account: Account, at now: Timestamp = .now, limits: SessionLimits = SessionLimits()) {
        self.init(
            user: account.user, createdAt: now, expiresAt: now + limits.lifetime,
            idleExpiresAt: min(now + limits.idleTime, now + limits.lifetime))
    }

    init(user: UserID, createdAt: Timestamp, expiresAt: Timestamp, idleExpiresAt: Timestamp) {
        self.user = user
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.idleExpiresAt = idleExpiresAt
    }
}

/// How long sessions last.
package struct SessionLimits: Hashable, Sendable {
    /// From log-in to the end, however busy.
    package var lifetime: Duration = .seconds(24 * 3600)
    /// Without any use.
    package var idleTime: Duration = .seconds(1800)
    /// A use within so much of the last one that was noted is not noted: most uses then write nothing, and a session may end so much
    /// earlier than its idle time.
    package var resolution: Duration = .seconds(30)

    package init() {}
}
