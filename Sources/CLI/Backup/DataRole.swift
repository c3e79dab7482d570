import Foundation
import ServiceRuntime
import Storage

/// The Redis that has the data role, for commands that take their time and may be interrupted.
enum DataRole {
    /// Runs `body` with it, shows its progress, and says in words for people what went wrong. After ctrl-c `body` is cancelled, so that it
    /// tidies up.
    static func use<Value: Sendable>(
        _ body: @escaping @Sendable (RedisStorage, PhaseProgress) async throws -> Value
    ) async throws -> Value {
        Telemetry.ignoreBrokenPipes()
        var configuration: RedisConfiguration
        do {
            configuration = try RedisRoles(reading: Settings.environment).data
        } catch {
            throw CommandFailure(error)
        }
        // Whole groups of keys travel together, and nobody waits.
        configuration.commandTimeout = max(configuration.commandTimeout, .seconds(30))
        configuration.maximumWaiting = max(configuration.maximumWaiting, 10_000)
        let storage = RedisStorage(configuration, logger: Settings.silentLogger)
        let progress = PhaseProgress()
        let task = Task { try await body(storage, progress) }
        let interrupt = onInterrupt { task.cancel() }
        let result = await task.result
        interrupt.cancel()
        progress.end()
        await storage.close()
        do {
            return try result.get()
        } catch let error as StorageError {
            throw CommandFailure(
                .failure, "Redis at \(configuration): \(error.message)",
                advice: "REDIS_HOST and REDIS_PORT say where it is; kindred doctor looks closer. The command may be repeated.")
        } catch let error as BackupError {
            throw CommandFailure(error)
        } catch is CancellationError {
            throw CommandFailure(.failure, "interrupted", advice: "The command may be repeated.")
        }
    }

    private static func onInterrupt(_ action: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
        return source
    }
}

extension CommandFailure {
    init(_ error: BackupError) {
        switch error.code {
        case .unwritable:
            self.init(
                .failure, error.message,
                advice: "Make sure that the folder is there, that you may write to it, and that the disk has room.")
        case .unreadable:
            self.init(.unusable, error.message, advice: "Make sure that it is a file that you may read.")
        case .otherKind:
            self.init(.unusable, error.message, advice: "Backups are made with: kindred backup FILE")
        case .damaged:
            self.init(.unusable, error.message, advice: "Nothing was written. Use another backup.")
        }
    }
}
