package import Recommenders
package import ServiceRuntime

extension RedisStorage: AccountStore {
    package func create(_ account: Account) async throws(StorageError) -> Bool {
        let reply = try await data.send(
            RedisCommand(
                .createAccount, keys: [.name(account.name), .account(of: account.user)],
                arguments: account.fields(changedAt: account.createdAt)))
        return reply == .integer(1)
    }

    package func account(named name: AccountName) async throws(StorageError) -> Account? {
        try Account.read(await data.send(RedisCommand(.findAccount, key: .name(name), arguments: [])))
    }

    package func account(of user: UserID) async throws(StorageError) -> Account? {
        try Account.read(await data.send(["HGETALL", RedisArgument(.account(of: user))]))
    }

    package func setGenres(_ genres: [String], of user: UserID) async throws(StorageError) -> Account? {
        try await change(user, ["genres", .bytes(Account.bytes(ofGenres: genres))])
    }

    package func changePassword(
        of user: UserID, from known: String, to hash: String, keeping token: TokenDigest?
    ) async throws(StorageError) -> Bool {
        let changes: [RedisArgument] = ["password", .text(hash), "seal", .text(SessionSeal.random().text)]
        return try await change(user, from: known, keeping: token, changes) != nil
    }

    package func rehash(of user: UserID, from known: String, to hash: String) async throws(StorageError) {
        _ = try await change(user, from: known, ["password", .text(hash)])
    }

    package func deleteAccount(of user: UserID) async throws(StorageError) {
        guard let account = try await account(of: user) else { return }
        _ = try await data.send(
            RedisCommand(.deleteAccount, keys: [.account(of: user), .name(account.name)], arguments: []))
    }

    /// - Parameter known: the password hash it is thought to have; empty for any.
    private func change(
        _ user: UserID, from known: String = "", keeping token: TokenDigest? = nil, _ changes: [RedisArgument]
    ) async throws(StorageError) -> Account? {
        let keys: [RedisKey] = [.account(of: user)] + (token.map { [.session($0)] } ?? [])
        let arguments = [.text(known)] + changes + ["changed", RedisArgument(Timestamp.now.milliseconds)]
        let reply = try await data.send(RedisCommand(.changeAccount, keys: keys, arguments: arguments))
        return reply == .null ? nil : try Account.read(reply)
    }
}

// A session is a hash: user, account (its key), seal, created, expires and idle (milliseconds).
extension RedisStorage: SessionStore {
    @discardableResult
    package func open(
        _ session: Session, of account: Account, under token: TokenDigest
    ) async throws(StorageError) -> Session {
        let lifetime = session.expiresAt.since(session.createdAt)
        let idleTime = session.idleExpiresAt.since(session.createdAt)
        let reply = try await data.send(
            RedisCommand(
                .openSession, key: .session(token),
                arguments: [
                    time(session.createdAt), RedisArgument(lifetime.wholeMilliseconds), RedisArgument(idleTime.wholeMilliseconds),
                    "user", .text(session.user.rawValue), "account", RedisArgument(.account(of: account.user)),
                    "seal", .text(account.seal.text),
                ]))
        guard case .integer(let milliseconds) = reply else { throw .unexpected("a session") }
        let start = Timestamp(milliseconds: milliseconds)
        return Session(user: session.user, createdAt: start, expiresAt: start + lifetime, idleExpiresAt: start + idleTime)
    }

    package func session(
        under token: TokenDigest, at now: Timestamp
    ) async throws(StorageError) -> (session: Session, account: Account)? {
        let reply = try await data.send(
            RedisCommand(
                .useSession, key: .session(token),
                arguments: [
                    time(now), RedisArgument(sessionLimits.idleTime.wholeMilliseconds),
                    RedisArgument(sessionLimits.resolution.wholeMilliseconds),
                ]))
        if reply == .null { return nil }
        guard case .array(let parts) = reply, parts.count == 2, let session = RedisFields(parts[0]).flatMap({ Session($0) }),
            let account = try Account.read(parts[1])
        else { throw .corrupted("a session") }
        return (session, account)
    }

    package func endSession(under token: TokenDigest) async throws(StorageError) {
        _ = try await data.send(["UNLINK", RedisArgument(.session(token))])
    }

    package func endSessions(of user: UserID, except token: TokenDigest?) async throws(StorageError) {
        _ = try await change(user, keeping: token, ["seal", .text(SessionSeal.random().text)])
    }
}

extension RedisStorage {
    /// What a script takes for the time: nothing, and it looks at the clock of the server.
    private func time(_ now: Timestamp) -> RedisArgument { isToldTheTime ? RedisArgument(now.milliseconds) : "" }
}

extension RedisStorage: LoginAttemptStore {
    package func count(name: AccountName?, address: ClientAddress, at now: Timestamp) async throws(StorageError) -> Duration {
        let keys: [RedisKey] = [.attempts(from: address)] + (name.map { [.attempts(for: $0)] } ?? [])
        let limit = LoginLimits.ofAddress
        let reply = try await data.send(
            RedisCommand(
                .countAttempt, keys: keys,
                arguments: [
                    time(now), RedisArgument(limit.interval / 1000), RedisArgument(limit.tolerance / 1000),
                    RedisArgument(LoginLimits.freeFailures), RedisArgument(1000 * LoginLimits.longestDelay),
                    RedisArgument(LoginLimits.memory.wholeMilliseconds),
                ]))
        guard case .integer(let wait) = reply else { throw .unexpected("a count") }
        return .milliseconds(wait)
    }

    package func succeeded(name: AccountName) async throws(StorageError) {
        _ = try await data.send(["UNLINK", RedisArgument(.attempts(for: name))])
    }

    package func forgive(name: AccountName) async throws(StorageError) {
        _ = try await data.send(
            RedisCommand(
                .forgiveAttempt, key: .attempts(for: name), arguments: [RedisArgument(LoginLimits.memory.wholeMilliseconds)]))
    }
}
