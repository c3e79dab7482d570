import Passwords
import Storage

/// What accounts need; a server without them has none of it.
struct AccountKeeping: Sendable {
    var accounts: any AccountStore
    var sessions: any SessionStore
    var attempts: any LoginAttemptStore
    var removal: any UserRemoval
    var hashing: any PasswordHashing
}
