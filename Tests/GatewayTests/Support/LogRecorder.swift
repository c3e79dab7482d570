import Logging
import Synchronization

/// Keeps what is logged, from `info` upwards.
final class LogRecorder: Sendable {
    private let lines = Mutex<[String]>([])

    /// "warning: Too many passwords … client.sha256=…", one for each record.
    var records: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { [self] _ in Handler(recorder: self) } }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let data = (event.metadata ?? [:]).map { " \($0.key)=\($0.value)" }.sorted().joined()
            recorder.lines.withLock { $0.append("\(event.level): \(event.message)\(data)") }
        }
    }
}
