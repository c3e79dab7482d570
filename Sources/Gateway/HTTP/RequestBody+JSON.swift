import Hummingbird
import JSON

extension Request {
    /// The largest body that is read.
    static var maximumBodySize: Int { 65_536 }

    /// The JSON text in the body.
    func json() async throws -> JSONValue {
        guard let value = try await jsonIfAny() else {
            throw Problem(.malformedJSON, "The body is empty; JSON is expected.")
        }
        return value
    }

    /// The JSON text in the body; nil when the body is empty.
    func jsonIfAny() async throws -> JSONValue? {
        let bytes = try await bytes()
        guard !bytes.isEmpty else { return nil }
        guard hasJSONContentType else {
            throw Problem(.unsupportedMediaType, "Send the body as application/json.")
        }
        do throws(JSONParser.Malformed) {
            return try JSONParser.parse(bytes)
        } catch {
            throw Problem(.malformedJSON, "At byte \(error.offset): \(error.reason).")
        }
    }

    /// The header is believed only when it says that the body is too large: what arrives is counted too.
    private func bytes() async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap(Int.init), length > Self.maximumBodySize { throw Self.tooLarge }
        var bytes: [UInt8] = []
        do {
            for try await chunk in body {
                guard bytes.count + chunk.readableBytes <= Self.maximumBodySize else { throw Self.tooLarge }
                bytes.append(contentsOf: chunk.readableBytesView)
            }
        } catch let error as Problem {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Problem(.unreadableBody)
        }
        return bytes
    }

    private var hasJSONContentType: Bool {
        guard let header = headers[.contentType] else { return false }
        let mediaType = header.prefix { $0 != ";" }
        return mediaType.lowercased().trimmingSpace == "application/json"
    }

    private static var tooLarge: Problem {
        Problem(.bodyTooLarge, "A body holds at most \(maximumBodySize) bytes.")
    }
}

extension StringProtocol {
    /// Without the spaces and tabs at both ends.
    var trimmingSpace: SubSequence {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}
