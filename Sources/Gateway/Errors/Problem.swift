import Hummingbird

/// An error that a client can do something about, as RFC 9457 has it.
struct Problem: Error, Sendable {
    /// One field of the body that is wrong.
    struct FieldError: Sendable, Equatable {
        /// A JSON pointer into the body.
        let pointer: String
        let detail: String
    }

    let code: ProblemCode
    /// What happened this time; nil where the title says it all.
    let detail: String?
    let errors: [FieldError]
    var headers: HTTPFields

    init(_ code: ProblemCode, _ detail: String? = nil, errors: [FieldError] = [], headers: HTTPFields = [:]) {
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    static func wrongType(of value: JSONValue, expected: String, at pointer: String) -> Problem {
        Problem(
            .wrongType, "A field has the wrong type.",
            errors: [FieldError(pointer: pointer, detail: "expected \(expected), found \(value.kind)")])
    }

    static func invalidValue(_ detail: String, at pointer: String) -> Problem {
        Problem(.invalidValue, "A value is out of range.", errors: [FieldError(pointer: pointer, detail: detail)])
    }

    /// - Parameters:
    ///   - path: of the request.
    ///   - delay: in how many seconds to come again, where that may help and nothing else is known.
    func response(to path: String, retryAfter delay: () -> Int) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        if code.status == .serviceUnavailable, headers[.retryAfter] == nil { headers[.retryAfter] = "\(delay())" }
        if code.status == .unauthorized { headers[.wwwAuthenticate] = #"Bearer realm="kindred""# }
        return Response(
            status: code.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json(at: path))))
    }

    /// What the body says.
    func json(at path: String) -> [UInt8] {
        var json = JSONWriter(capacity: 384)
        json.object { json in
            json.field("type", "/docs#\(code.rawValue)")
            json.field("title", code.title)
            json.field("status", code.status.code)
            if let detail { json.field("detail", detail) }
            json.field("instance", path)
            json.field("code", code.rawValue)
            if !errors.isEmpty { json.field("errors", errors) }
        }
        return json.bytes
    }
}

extension Problem.FieldError: JSONRepresentable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("pointer", pointer)
            json.field("detail", detail)
        }
    }
}
