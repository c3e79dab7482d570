import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server in this process that answers as a test says.
final class LoadTestServer: Sendable {
    struct Request: Sendable {
        let method: HTTPMethod
        let path: String
        let headers: HTTPHeaders
        let body: String
        /// 0 for the first that the server got.
        let number: Int
    }

    struct Reply: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body = "{}"
        /// Nothing is said before.
        var delay = Duration.zero
        /// The connection ends without an answer.
        var hangsUp = false
        /// The connection ends after the answer.
        var closes = false
    }

    let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let seen: Requests

    /// - Parameter respond: called for one request at a time.
    init(_ respond: @escaping @Sendable (Request) -> Reply) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let seen = Requests()
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(seen: seen, respond: respond))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.group = group
        self.seen = seen
    }

    /// Everything that was asked so far.
    var requests: [Request] { seen.all }

    func close() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }

    private final class Requests: Sendable {
        private let list = Mutex<[Request]>([])

        var all: [Request] { list.withLock { $0 } }

        func add(_ head: HTTPRequestHead, body: String) -> Request {
            list.withLock { list in
                let request = Request(
                    method: head.method, path: head.uri, headers: head.headers, body: body, number: list.count)
                list.append(request)
                return request
            }
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let seen: Requests
        private let respond: @Sendable (Request) -> Reply
        private var head: HTTPRequestHead?
        private var body = ""

        init(seen: Requests, respond: @escaping @Sendable (Request) -> Reply) {
            self.seen = seen
            self.respond = respond
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (self.head, body) = (head, "")
            case .body(let bytes): body += String(buffer: bytes)
            case .end:
                guard let head else { return }
                let reply = respond(seen.add(head, body: body))
                let context = NIOLoopBound(context, eventLoop: context.eventLoop)
                let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
                context.value.eventLoop.scheduleTask(in: TimeAmount(reply.delay)) {
                    handler.value.send(reply, context.value)
                }
            }
        }

        private func send(_ reply: Reply, _ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            guard !reply.hangsUp else { return context.close(promise: nil) }
            var headers = HTTPHeaders(reply.headers)
            headers.add(name: "Content-Length", value: "\(reply.body.utf8.count)")
            if reply.closes { headers.add(name: "Connection", value: "close") }
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: reply.body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            if reply.closes { context.close(promise: nil) }
        }
    }
}
