import NIOCore
import NIOHTTP1

/// One connection: one request after the other, each sent when the one before it has been answered.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// Of an answer that is none of the good ones, so much is kept to see its code.
    private static let errorBodyLimit = 2048

    private unowned let pool: ConnectionPool
    private var context: ChannelHandlerContext?
    private(set) var request: LoadRequest?
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// - Precondition: it is connected, and no request is on its way.
    func send(_ request: LoadRequest) {
        guard let context else { return request.complete(.failure(.connectionLost)) }
        self.request = request
        request.noteSent()
        context.write(wrapOutboundOut(.head(request.head)), promise: nil)
        if let body = request.body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Gives up: whatever still comes on this connection would be the answer to something else.
    func close(_ reason: LoadFailure) {
        end(.failure(reason))
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) { pool.isConnected(self) }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        pool.isClosed(self)
        end(.failure(.connectionLost))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failure(error is HTTPParserError ? .unreadableAnswer : .connectionLost))
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var bytes):
            let limit = (head?.status.code ?? 0) < 400 ? request?.bodyLimit ?? 0 : Self.errorBodyLimit
            let room = limit - body.readableBytes
            if room > 0, let part = bytes.readSlice(length: min(room, bytes.readableBytes)) {
                body.writeImmutableBuffer(part)
            }
        case .end:
            guard let head else { return }
            self.head = nil
            let answer = LoadAnswer(
                status: Int(head.status.code),
                location: head.headers.first(name: "location") ?? head.headers.first(name: "content-location"), body: body)
            body = ByteBuffer()
            if head.isKeepAlive {
                end(.success(answer))
                if self.context != nil { pool.isFree(self) }
            } else {
                pool.isClosed(self)
                end(.success(answer))
                context.close(promise: nil)
            }
        }
    }

    private func end(_ outcome: LoadRequest.Outcome) {
        guard let request else { return }
        self.request = nil
        request.complete(outcome)
    }
}
