import Logging
import Synchronization

/// Counts what is logged as a warning or worse.
final class LineCounter: LogHandler, Sendable {
    private let lines = Mutex(0)

    var warnings: Int { lines.withLock { $0 } }

    func log(event: LogEvent) {
        if event.level >= .warning { count() }
    }

    func count() { lines.withLock { $0 += 1 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    var logLevel: Logger.Level {
        get { .info }
        set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
}
