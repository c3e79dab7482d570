import Hummingbird

/// The body of a request, read to its end: its bytes identify the request, the JSON in them says what it asks for.
struct ReceivedBody {
    let bytes: [UInt8]
    private let contentType: String?

    init(of request: Request) async throws {
        bytes = try await request.bytes()
        contentType = request.headers[.contentType]
    }

    /// The JSON text in the body.
    func json() throws(Problem) -> JSONValue {
        guard let value = try jsonIfAny() else { throw Problem(.malformedJSON, "The body is empty; JSON is expected.") }
        return value
    }

    /// The JSON text in the body; nil when the body is empty.
    func jsonIfAny() throws(Problem) -> JSONValue? {
        guard !bytes.isEmpty else { return nil }
        guard hasJSONContentType else { throw Problem(.unsupportedMediaType, "Send the body as application/json.") }
        do throws(JSONParser.Malformed) {
            return try JSONParser.parse(bytes)
        } catch {
            throw Problem(.malformedJSON, "At byte \(error.offset): \(error.reason).")
        }
    }

    private var hasJSONContentType: Bool {
        guard let contentType else { return false }
        if contentType == "application/json" { return true }
        return contentType.prefix { $0 != ";" }.lowercased().trimmingSpace == "application/json"
    }
}
