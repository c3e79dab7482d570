import Hummingbird
import ServiceRuntime
import Storage

/// What a request with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) is recognized by when it is sent again.
struct RequestIdentity: Sendable {
    let key: IdempotencyKey
    /// Of everything that says what is asked for.
    let fingerprint: String

    /// nil when the request carries no key.
    ///
    /// - Parameter scope: who sends it.
    init?(of request: Request, body: [UInt8] = [], in scope: String) throws(Problem) {
        guard let header = request.headers[.idempotencyKey] else { return nil }
        guard let text = Self.key(in: header) else {
            throw Problem(.invalidIdempotencyKey, "An idempotency key is 1 to 255 visible ASCII characters, quoted or not.")
        }
        key = IdempotencyKey(text, in: scope)
        // Neither a method nor a target holds a line break, so no two requests look alike.
        let head = "\(request.method.rawValue) \(request.uri.string)\n"
        fingerprint = SHA256.hexadecimalDigest(of: Array(head.utf8) + body)
    }

    /// The draft wants a string as RFC 8941 has it, in quotes; many clients send it bare.
    ///
    /// - Returns: the key without its quotes; nil if it is none.
    static func key(in header: String) -> String? {
        let text = header.first == "\"" ? unquoted(header) : header
        guard let text, 1...255 ~= text.utf8.count, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        return text
    }

    private static func unquoted(_ text: String) -> String? {
        guard text.utf8.count >= 2, text.last == "\"" else { return nil }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if isEscaped {
                guard character == "\"" || character == "\\" else { return nil }
                result.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                guard character != "\"" else { return nil }
                result.append(character)
            }
        }
        return isEscaped ? nil : result
    }
}
