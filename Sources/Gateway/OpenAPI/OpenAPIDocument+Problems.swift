import Hummingbird

/// Errors: everything is made from the list of codes.
extension OpenAPIDocument {
    /// One response for each status, with an example for each code.
    static let problemResponses =
        statuses.map { status in
            let codes = ProblemCode.allCases.filter { $0.status.code == status }
            let names = codes.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            let examples = codes.map { "\"\($0.rawValue)\": {\"value\": \(example(of: $0))}" }.joined(separator: ", ")
            return ##"""
                "Problem\##(status)": {
                  "description": "Code \##(names).",
                  \##(responseHeaders(of: status))
                  "content": {"application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {\##(examples)}
                  }}
                }
                """##
        }.joined(separator: ",")

    static let problemSchema = ##"""
        "Problem": {
          "type": "object",
          "description": "An error (RFC 9457).",
          "required": ["type", "title", "status", "instance", "code"],
          "properties": {
            "type": {"type": "string", "format": "uri-reference", "description": "Where the code is explained."},
            "title": {"type": "string", "description": "The same for every error of this code."},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What happened this time."},
            "instance": {"type": "string", "description": "The path that was asked for."},
            "code": {"$ref": "#/components/schemas/ProblemCode"},
            "errors": {
              "type": "array",
              "description": "The fields of the body that are wrong.",
              "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                  "pointer": {
                    "type": "string", "description": "A JSON pointer into the body.", "examples": ["#/ratings/3/rating"]
                  },
                  "detail": {"type": "string"}
                }
              }
            }
          }
        },
        "ProblemCode": {
          "type": "string",
          "description": "Codes never change their meaning; more may be added.",
          "enum": [\##(names(ProblemCode.self))]
        }
        """##

    private static let statuses = Set(ProblemCode.allCases.map(\.status.code)).sorted()

    private static func example(of code: ProblemCode) -> String {
        ##"{"type": "/docs#\##(code.rawValue)", "title": \##(code.title.quoted), "status": \##(code.status.code), "##
            + ##""instance": "/v1/…", "code": "\##(code.rawValue)"}"##
    }

    private static func responseHeaders(of status: Int) -> String {
        let names: [String]
        switch status {
        case 401: names = ["WWW-Authenticate"]
        case 405: names = ["Allow"]
        case 429: names = ["Retry-After", "RateLimit", "RateLimit-Policy"]
        case 503: names = ["Retry-After"]
        default: return ""
        }
        let headers = names.map { ##""\##($0)": {"$ref": "#/components/headers/\##($0)"}"## }.joined(separator: ", ")
        return ##""headers": {\##(headers)},"##
    }
}
