package import Logging
import Synchronization

/// Keeps what is logged, from `info` upwards.
package final class LogRecorder: Sendable {
    private struct Record {
        let message: String
        let metadata: String
    }

    private let kept = Mutex<[Record]>([])

    package init() {}

    /// "warning: Connection to Redis lost", one for each record.
    package var messages: [String] { kept.withLock { $0.map(\.message) } }

    /// The same with metadata: "warning: Too many passwords … client.sha256=…".
    package var records: [String] { kept.withLock { $0.map { $0.message + $0.metadata } } }

    package var logger: Logger { Logger(label: "test") { [self] _ in Handler(recorder: self) } }

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
            recorder.kept.withLock { $0.append(Record(message: "\(event.level): \(event.message)", metadata: data)) }
        }
    }
}
