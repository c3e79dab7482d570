package import Logging
import ServiceLifecycle

/// All three stores in Redis, over one connection that is dialled at the first call and again after a loss.
///
/// Calls of all tasks share round trips, so nobody need gather them. As a service it does nothing but close at the end: list it before
/// whatever uses it, and it ends after them.
package final class RedisStorage: Sendable {
    let connection: RedisConnection

    package init(_ configuration: RedisConfiguration, logger: Logger) {
        connection = RedisConnection(configuration, logger: logger)
    }

    /// Lets what is on its way be answered, then hangs up. Later calls throw `closed`.
    package func close() async {
        await connection.close()
    }

    /// Throws unless Redis answers.
    package func ping() async throws(StorageError) {
        guard try await connection.send(["PING"]).text == "PONG" else { throw .unexpected("PING") }
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
