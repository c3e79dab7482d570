import Foundation
import Hummingbird

@testable import Gateway

/// A response that was read to its end.
struct TestAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    init(_ response: Response) async throws {
        status = response.status.code
        headers = response.headers
        let collected = TestBody()
        try await response.body.write(TestBodyWriter(body: collected))
        bytes = collected.bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSONValue {
        get throws { try JSONParser.parse(bytes) }
    }

    /// The member at `path`, of which numbers are places in arrays; nil if there is none.
    subscript(path: String...) -> JSONValue? {
        guard var value = try? json else { return nil }
        for step in path {
            switch value {
            case .object(let members):
                guard let member = members[step] else { return nil }
                value = member
            case .array(let elements):
                guard let place = Int(step), elements.indices.contains(place) else { return nil }
                value = elements[place]
            default: return nil
            }
        }
        return value
    }

    func header(_ name: String) -> String? {
        HeaderName(name).flatMap { headers[$0] }
    }

    /// The code of a problem; nil when it is none.
    var code: String? {
        guard header("Content-Type") == "application/problem+json" else { return nil }
        return self["code"]?.string
    }
}

extension JSONValue {
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var members: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
}
