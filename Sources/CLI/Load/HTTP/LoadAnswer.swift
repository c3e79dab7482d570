import Foundation
import NIOCore

/// What came back, as far as anybody looks at it.
struct LoadAnswer: Sendable {
    let status: Int
    /// `Location`, or `Content-Location`.
    let location: String?
    /// The first bytes, up to what the request said is of interest.
    let body: ByteBuffer

    /// The job that a `Location` of "/v1/jobs/{id}" names.
    var job: String? {
        guard let location, let start = location.range(of: "/jobs/")?.upperBound else { return nil }
        return String(location[start...])
    }

    /// The first member of that name which is a string without escapes, at any depth.
    ///
    /// A search, no parser: bodies are cut off, and parsing twelve kilobytes to see one word would cost more than the request.
    func string(named name: String) -> String? {
        let bytes = body.readableBytesView
        let pattern = Array("\"\(name)\"".utf8)
        var place = bytes.startIndex
        while let match = bytes[place...].firstRange(of: pattern) {
            place = match.upperBound
            var rest = bytes[place...].drop(while: Self.isSpace)
            guard rest.first == UInt8(ascii: ":") else { continue }
            rest = rest.dropFirst().drop(while: Self.isSpace)
            guard rest.first == UInt8(ascii: "\"") else { continue }
            let value = rest.dropFirst()
            guard let end = value.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            return String(decoding: value[..<end], as: UTF8.self)
        }
        return nil
    }

    /// The name of the last of a stream's events.
    var lastEvent: String? {
        let lines = String(buffer: body).split(separator: "\n")
        return lines.last { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
