import ServiceRuntime

/// The API's description in OpenAPI 3.1, which `/openapi.json` gives out: written by hand, one piece for each resource, and
/// compared with the router by a test.
enum OpenAPIDocument {
    /// One resource's part.
    struct Piece {
        /// Members of `paths`.
        let paths: String
        /// Members of `components.schemas`.
        let schemas: String
    }

    static let text = """
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Kindred",
            "summary": "Recommends what people of kindred taste liked.",
            "description": \(introduction.quoted),
            "version": "\(kindredVersion)"
          },
          "servers": [{"url": "/", "description": "This server"}],
          "security": [\(securityOfMost)],
          "tags": [
            {"name": "Catalogue", "description": "What is recommended here."},
            {"name": "Ratings", "description": "What users say of items."},
            {"name": "Recommendations", "description": "What users may like."},
            {"name": "Jobs", "description": "What becomes of accepted work."},
            {"name": "Accounts", "description": "Signing up and logging in, on a server that keeps accounts."},
            {"name": "Experiments", "description": "Which lists serve users best."},
            {"name": "Dead letters", "description": "Jobs that nobody could do; for operators."},
            {"name": "Operations", "description": "For probes, Prometheus and readers."}
          ],
          "paths": {\(pieces.map(\.paths).joined(separator: ","))},
          "components": {
            "securitySchemes": {\(securitySchemes)},
            "parameters": {\(parameters)},
            "headers": {\(headers)},
            "responses": {\(problemResponses)},
            "schemas": {\((pieces.map(\.schemas) + [problemSchema]).joined(separator: ","))}
          }
        }
        """

    private static let pieces = [
        catalogue, evaluation, items, questionnaire, ratings, notInterested, recommendations, lists, similarUsers, jobs, accounts,
        sessions, experiments, deadLetters, operations,
    ]

    private static let introduction = """
        Ratings go in, recommendations come out. Whatever needs work is accepted as a job: the answer is 202 with the job, which \
        can be polled, waited for or followed, or 200 with the outcome when `Prefer: wait=N` was sent and N seconds were enough.

        Errors are `application/problem+json` (RFC 9457) with a `code` that never changes its meaning. 429 and 503 say when to \
        come back. After 503, or no answer at all, it is not known whether work was accepted: sent again under the same \
        `Idempotency-Key` it is done once. A server without an API key answers to names of its own machine only (421), and \
        whoever sends no token has the rights of the API key there. What belongs to somebody else is answered with 404 like what \
        does not exist. \
        Identifiers in paths are percent-encoded UTF-8 of 1 to 128 bytes; a slash in one \
        is `%2F`.
        """

    /// The answers with these statuses, of `status: {…}` members.
    static func problems(_ statuses: Int...) -> String {
        statuses.map { ##""\##($0)": {"$ref": "#/components/responses/Problem\##($0)"}"## }.joined(separator: ", ")
    }

    /// The values of an enumeration, as elements of a JSON array.
    static func names<Name: RawRepresentable<String> & CaseIterable>(_ type: Name.Type) -> String {
        Name.allCases.map(\.rawValue.quoted).joined(separator: ", ")
    }
}

extension String {
    /// As a JSON string.
    var quoted: String { String(decoding: JSONWriter.bytes(of: self), as: UTF8.self) }
}
