package import Foundation

extension EvaluationReport {
    /// The same report gives the same bytes.
    package func json() throws -> Data { try StableJSON.encode(self) }

    package init(json: Data) throws {
        self = try JSONDecoder().decode(EvaluationReport.self, from: json)
    }
}

/// JSON for files that people read and compare.
enum StableJSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }
}
