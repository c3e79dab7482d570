import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Gives the answer to what is no HTTP request a problem for its body. Hummingbird sends it past the router and with no body; every
/// other answer with this status has one, and so a content type.
final class ParserProblems: ChannelOutboundHandler, RemovableChannelHandler, Sendable {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest, head.headerFields[.contentType] == nil
        else { return context.write(data, promise: promise) }
        let body = ByteBuffer(bytes: Problem(.malformedRequest).json(at: "/"))
        head.headerFields[.contentType] = "application/problem+json"
        head.headerFields[.contentLength] = "\(body.readableBytes)"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: promise)
    }
}
