import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Gateway

@Suite struct ParserProblemsTests {
    @Test func fillsTheEmptyAnswerToWhatIsNoRequest() throws {
        let parts = try written(headers: [.connection: "close", .contentLength: "0"], status: .badRequest)
        guard case .head(let head) = parts[0], case .body(let body) = parts[1], case .end = parts[2] else {
            Issue.record("head, body and end are expected")
            return
        }
        #expect(head.headerFields[.contentType] == "application/problem+json")
        #expect(head.headerFields[.contentLength] == "\(body.readableBytes)")
        #expect(head.headerFields[.connection] == "close")
        let problem = try JSONParser.parse(Array(body.readableBytesView))
        #expect(problem.members?["code"] == .string("malformed_request"))
    }

    @Test func leavesAllOtherAnswersAlone() throws {
        #expect(try written(headers: [.contentLength: "0"], status: .ok).count == 2)
        #expect(try written(headers: [.contentType: "application/problem+json"], status: .badRequest).count == 2)
    }

    private func written(headers: HTTPFields, status: HTTPResponse.Status) throws -> [HTTPResponsePart] {
        let channel = EmbeddedChannel(handler: ParserProblems())
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: status, headerFields: headers)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        var parts: [HTTPResponsePart] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) { parts.append(part) }
        return parts
    }
}
