import Hummingbird
import Logging
import Metrics
import Passwords
import ServiceRuntime
import Storage

/// Checks passwords: whoever guesses is slowed down, and is never told more than that it was wrong.
struct Credentials: Sendable {
    /// What came of an attempt, by the names that the metric uses.
    private enum Outcome: String {
        case succeeded, wrong, slowed, busy, failed
    }

    let keeping: AccountKeeping
    let now: @Sendable () -> Timestamp
    private let check: PasswordCheck
    private let slowed = SlowedLog()

    init(_ keeping: AccountKeeping, now: @escaping @Sendable () -> Timestamp) {
        self.keeping = keeping
        self.now = now
        check = PasswordCheck(keeping.hashing)
    }

    /// The account that has this name and this password. Both a wrong name and a wrong password take the same time.
    ///
    /// Attempts are counted before anything else is done, also those that are under way at once. Of those that come to no answer the
    /// name is forgiven, so that nobody is locked out by an overload. While Redis is away nobody gets in.
    func account(named text: String, _ password: Password, from address: ClientAddress, _ logger: Logger) async throws -> Account
    {
        // What cannot be a name is refused like a name that nobody has.
        let name = try? AccountName(text)
        try await admit(name, from: address, logger)
        let found: Account?
        do {
            found = try await self.account(named: name, password)
        } catch {
            // As good as it can be done: the same store may be the one that failed.
            if let name { try? await keeping.attempts.forgive(name: name) }
            throw error
        }
        guard var account = found else {
            count(.wrong)
            throw Problem(.wrongCredentials)
        }
        count(.succeeded)
        if let hash = await check.betterHash(of: password, than: account.passwordHash) {
            try await keeping.accounts.rehash(of: account.user, from: account.passwordHash, to: hash)
            account.passwordHash = hash
        }
        return account
    }

    /// Throws only what says nothing about the password.
    ///
    /// - Returns: nil when the name or the password is wrong.
    private func account(named name: AccountName?, _ password: Password) async throws -> Account? {
        var found: Account?
        if let name { found = try await keeping.accounts.account(named: name) }
        guard try await accepts(password, for: found?.passwordHash), let found else { return nil }
        try await keeping.attempts.succeeded(name: found.name)
        return found
    }

    /// Counts a sign-up, which costs as much as a log-in, for its address.
    func admitSignUp(from address: ClientAddress, _ logger: Logger) async throws {
        try await admit(nil, from: address, logger)
    }

    private func admit(_ name: AccountName?, from address: ClientAddress, _ logger: Logger) async throws {
        let wait = try await keeping.attempts.count(name: name, address: address, at: now())
        guard wait > .zero else { return }
        count(.slowed)
        slowed.note(name, at: address, for: wait, now: now(), logger: logger)
        throw Problem(.tooManyAttempts, headers: [.retryAfter: "\(wait.wholeSeconds)"])
    }

    private func accepts(_ password: Password, for hash: String?) async throws -> Bool {
        do throws(PasswordError) {
            return try await check.accepts(password, for: hash)
        } catch {
            if case .busy = error { count(.busy) } else { count(.failed) }
            throw error
        }
    }

    private func count(_ outcome: Outcome) {
        Counter(label: "kindred_logins_total", dimensions: [("outcome", outcome.rawValue)]).increment()
    }
}
