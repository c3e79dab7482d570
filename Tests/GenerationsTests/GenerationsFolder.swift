import Foundation
import Logging
import Recommenders
import Synchronization
import Testing

@testable import Generations

/// A folder with files to serve from, gone afterwards.
final class GenerationsFolder {
    let path = NSTemporaryDirectory() + "kindred-generations-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var data: DataFolder { DataFolder(file("data")) }

    /// A data set that is known by its first rating.
    static func dataset(
        _ code: UInt8 = 1, items: Int = 3, logOffset: Int64? = nil, scale: RatingScale = .halfStars
    ) throws -> Dataset {
        let matrix = RatingMatrix(itemCount: items, rowStarts: [0, 2, 3], items: [0, 1, 2], rowCodes: [code, 2, 3])
        let ids = try (0..<items).map { try ItemID("i\($0)") }
        return Dataset(
            name: "d", scale: scale, users: Vocabulary([try UserID("a"), try UserID("b")]), items: Vocabulary(ids),
            ratings: matrix,
            catalogue: Catalogue(itemKind: "thing", entries: ids.map { CatalogueEntry(title: $0.rawValue) }), logOffset: logOffset
        )
    }

    /// Publishes a generation with the models that there are.
    @discardableResult
    func publish(_ dataset: Dataset, modelsIn models: String? = nil) throws -> Int {
        try data.publish(from: data.current) { generation in
            try RatingsFileWriter.write(dataset, to: generation.ratingsFile)
            if let models { try generation.link(modelsIn: models) }
        }
    }

    /// A model that only keeps parameters.
    func writeModel(for dataset: Dataset, in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let parameters = try #require(ModelParameters(defaultsOf: .popularity, for: dataset.ratings))
        let model = TrainedModel(
            parameters: parameters, content: .parametersOnly,
            itemsFingerprint: dataset.items.fingerprint)
        try ModelFileWriter.write(model, to: ModelFolder(folder).file(of: .popularity))
    }

    func damage(_ path: String) throws {
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        bytes[bytes.count / 2] ^= 0x10
        try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    }
}

/// What is made of the files in these tests.
final class Served: Sendable {
    let dataset: Dataset
    let onEnd: @Sendable () -> Void

    init(_ dataset: Dataset, onEnd: @escaping @Sendable () -> Void = {}) {
        self.dataset = dataset
        self.onEnd = onEnd
    }

    deinit { onEnd() }

    var code: UInt8 { dataset.ratings.rowCodes[0] }
}

/// Keeps what is logged.
final class LoggedLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: LoggedLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let details = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
            lines.lines.withLock { $0.append("\(event.level) \(event.message) \(details)") }
        }
    }
}
