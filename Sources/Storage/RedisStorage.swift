package import Logging
import ServiceLifecycle

/// All stores in Redis, each on the connection of its role, that is dialled at the first call and again after a loss.
///
/// Calls of all tasks share round trips, so nobody need gather them. No call needs both roles at once. As a service it does nothing but
/// close at the end: list it before whatever uses it, and it ends after them.
package final class RedisStorage: Sendable {
    let data: RedisConnection
    /// The same one when one Redis has both roles.
    let cache: RedisConnection
    let sessionLimits: SessionLimits
    /// Whether sessions and attempts go by the time that callers tell. Only tests do: the clocks of gateways differ.
    let isToldTheTime: Bool

    package convenience init(_ roles: RedisRoles, sessionLimits: SessionLimits = SessionLimits(), logger: Logger) {
        self.init(roles, sessionLimits: sessionLimits, isToldTheTime: false, logger: logger)
    }

    init(_ roles: RedisRoles, sessionLimits: SessionLimits = SessionLimits(), isToldTheTime: Bool, logger: Logger) {
        self.sessionLimits = sessionLimits
        self.isToldTheTime = isToldTheTime
        data = RedisConnection(roles.data, logger: logger)
        cache = roles.cache.map { RedisConnection($0, logger: logger) } ?? data
    }

    /// One Redis for both roles.
    package convenience init(_ configuration: RedisConfiguration, logger: Logger) {
        self.init(RedisRoles(data: configuration), logger: logger)
    }

    /// Lets what is on its way be answered, then hangs up. Later calls throw `closed`.
    package func close() async {
        async let closing: Void = data.close()
        if cache !== data { await cache.close() }
        await closing
    }

    /// Throws unless Redis answers, in both roles.
    package func ping() async throws(StorageError) {
        try await ping(data)
        if cache !== data { try await ping(cache) }
    }

    private func ping(_ connection: RedisConnection) async throws(StorageError) {
        guard try await connection.send(["PING"]).text == "PONG" else { throw .unexpected("PING") }
    }

    func connection(of role: RedisRole) -> RedisConnection {
        switch role {
        case .data: data
        case .cache: cache
        }
    }
}

extension RedisStorage: Service {
    package func run() async throws {
        try? await gracefulShutdown()
        await close()
    }
}

extension StorageError {
    /// - Parameter kind: what was read; never what it said.
    static func corrupted(_ kind: String) -> StorageError {
        StorageError(.corrupted, "what is kept as \(kind) is not what we write")
    }

    static func unexpected(_ command: String) -> StorageError {
        StorageError(.corrupted, "Redis answered \(command) with something else than it should")
    }
}

extension Duration {
    /// As Redis takes a time to live; at least one.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        guard !milliseconds.overflow, milliseconds.partialValue < Int64.max / 1_000_000 else { return Int64.max / 1_000_000 }
        return max(1, milliseconds.partialValue + attoseconds / 1_000_000_000_000_000)
    }
}
