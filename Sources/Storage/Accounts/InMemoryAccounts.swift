package import Recommenders
package import ServiceRuntime
import Synchronization

/// Accounts, sessions and attempts in this process' memory, for tests and demos: the same rules as in Redis, and nothing outlives the
/// process.
package final class InMemoryAccounts: Sendable {
    fileprivate struct OpenSession {
        var session: Session
        let seal: SessionSeal
    }

    fileprivate struct Attempts {
        var failures = 0
        var opensAt = Timestamp(milliseconds: 0)
    }

    fileprivate struct State {
        var accounts: [UserID: Account] = [:]
        var users: [AccountName: UserID] = [:]
        var sessions = ExpiringValues<OpenSession>()
        var attempts = ExpiringValues<Attempts>()
        /// When an address is as good as new, in milliseconds since 1970.
        var addresses = ExpiringValues<Int64>()
    }

    private let state = Mutex(State())
    private let limits: SessionLimits

    package init(limits: SessionLimits = SessionLimits()) {
        self.limits = limits
    }
}

extension InMemoryAccounts: AccountStore {
    package func create(_ account: Account) async throws(StorageError) -> Bool {
        state.withLock { state in
            guard state.users[account.name] == nil else { return false }
            state.users[account.name] = account.user
            state.accounts[account.user] = account
            return true
        }
    }

    package func account(named name: AccountName) async throws(StorageError) -> Account? {
        state.withLock { state in state.users[name].flatMap { state.accounts[$0] } }
    }

    package func account(of user: UserID) async throws(StorageError) -> Account? {
        state.withLock { $0.accounts[user] }
    }

    package func setGenres(_ genres: [String], of user: UserID) async throws(StorageError) -> Account? {
        state.withLock { state in
            state.accounts[user]?.genres = genres
            return state.accounts[user]
        }
    }

    package func changePassword(
        of user: UserID, from known: String, to hash: String, keeping token: TokenDigest?
    ) async throws(StorageError) -> Bool {
        state.withLock { state in
            guard state.accounts[user]?.passwordHash == known else { return false }
            state.accounts[user]?.passwordHash = hash
            state.renewSeal(of: user, keeping: token)
            return true
        }
    }

    package func rehash(of user: UserID, from known: String, to hash: String) async throws(StorageError) {
        state.withLock { state in
            if state.accounts[user]?.passwordHash == known { state.accounts[user]?.passwordHash = hash }
        }
    }

    package func deleteAccount(of user: UserID) async throws(StorageError) {
        state.withLock { state in
            if let account = state.accounts.removeValue(forKey: user) { state.users[account.name] = nil }
        }
    }
}

extension InMemoryAccounts: SessionStore {
    @discardableResult
    package func open(
        _ session: Session, of account: Account, under token: TokenDigest
    ) async throws(StorageError) -> Session {
        state.withLock { state in
            state.keep(OpenSession(session: session, seal: account.seal), under: token, now: session.createdAt)
        }
        return session
    }

    package func session(
        under token: TokenDigest, at now: Timestamp
    ) async throws(StorageError) -> (session: Session, account: Account)? {
        state.withLock { state in
            guard var open = state.sessions.value(of: token.hexadecimal, at: now),
                let account = state.accounts[open.session.user], account.seal == open.seal
            else { return nil }
            if open.session.slide(to: now, limits) { state.keep(open, under: token, now: now) }
            return (open.session, account)
        }
    }

    package func endSession(under token: TokenDigest) async throws(StorageError) {
        state.withLock { $0.sessions.remove(token.hexadecimal) }
    }

    package func endSessions(of user: UserID, except token: TokenDigest?) async throws(StorageError) {
        state.withLock { $0.renewSeal(of: user, keeping: token) }
    }
}

extension InMemoryAccounts: LoginAttemptStore {
    package func count(name: AccountName?, address: ClientAddress, at now: Timestamp) async throws(StorageError) -> Duration {
        let (interval, tolerance) = (LoginLimits.ofAddress.interval / 1000, LoginLimits.ofAddress.tolerance / 1000)
        return state.withLock { state in
            let lead = max(0, (state.addresses.value(of: address.text, at: now) ?? 0) - now.milliseconds)
            var attempts = name.flatMap { state.attempts.value(of: $0.folded, at: now) } ?? Attempts()
            let wait = max(.milliseconds(lead + interval - tolerance), attempts.opensAt.since(now))
            guard wait <= .zero else { return wait }

            state.addresses.set(
                now.milliseconds + lead + interval, for: address.text, until: now + .milliseconds(lead + interval), now: now)
            if let name {
                attempts.failures += 1
                attempts.opensAt = now + LoginLimits.delay(after: attempts.failures)
                state.attempts.set(attempts, for: name.folded, until: now + LoginLimits.memory, now: now)
            }
            return .zero
        }
    }

    package func succeeded(name: AccountName) async throws(StorageError) {
        state.withLock { $0.attempts.remove(name.folded) }
    }

    package func forgive(name: AccountName) async throws(StorageError) {
        state.withLock { state in
            state.attempts.update(name.folded) { attempts in
                attempts = InMemoryAccounts.Attempts(failures: max(0, attempts.failures - 1))
            }
        }
    }
}

extension InMemoryAccounts.State {
    fileprivate mutating func keep(_ open: InMemoryAccounts.OpenSession, under token: TokenDigest, now: Timestamp) {
        sessions.set(open, for: token.hexadecimal, until: open.session.idleExpiresAt, now: now)
    }

    /// Ends all sessions of `user` but one.
    fileprivate mutating func renewSeal(of user: UserID, keeping token: TokenDigest?) {
        guard let before = accounts[user]?.seal else { return }
        let seal = SessionSeal.random()
        accounts[user]?.seal = seal
        guard let token else { return }
        sessions.update(token.hexadecimal) { open in
            guard open.session.user == user, open.seal == before else { return }
            open = InMemoryAccounts.OpenSession(session: open.session, seal: seal)
        }
    }
}

extension Session {
    /// Begins its idle time anew, if that is worth noting.
    ///
    /// - Returns: whether it was.
    mutating func slide(to now: Timestamp, _ limits: SessionLimits) -> Bool {
        let end = min(now + limits.idleTime, expiresAt)
        guard end.since(idleExpiresAt) >= limits.resolution else { return false }
        idleExpiresAt = end
        return true
    }
}
