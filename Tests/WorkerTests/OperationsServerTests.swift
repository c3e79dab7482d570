import Hummingbird
import Logging
import NIOEmbedded
import Synchronization
import Testing

@testable import Worker

@Suite struct OperationsServerTests {
    @Test(
        arguments: [([], .ok, "alive\n"), (["rabbitmq-sub", "redis"], .serviceUnavailable, "stuck: rabbitmq-sub, redis\n")]
            as [([String], HTTPResponse.Status, String)])
    func livenessIsThatEveryLoopTurns(stalled: [String], status: HTTPResponse.Status, text: String) async throws {
        let router = OperationsServer.router(stalledLoops: { stalled }, isReady: { false }, metrics: { "" })
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/livez")
        let response = try await router.buildResponder().respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
            context: BasicRequestContext(
                source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "test"))))
        #expect(response.status == status)
        let body = Body()
        try await response.body.write(BodyWriter(body: body))
        #expect(body.text == text)
    }

    private final class Body: Sendable {
        private let bytes = Mutex<[UInt8]>([])

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
        func append(_ buffer: ByteBuffer) { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
    }

    private struct BodyWriter: ResponseBodyWriter {
        let body: Body

        func write(_ buffer: ByteBuffer) async throws { body.append(buffer) }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
