import Hummingbird
import NIOCore

/// Takes in the rest of a large body that was refused before all of it was read, so that the client gets to the answer: as long as it
/// sends it does not read, and a connection that ends with bytes unread takes the answer with it.
///
/// A body that is too large or too slow even for that loses the connection.
struct UnreadBodies: RouterMiddleware {
    static let maximumByteCount = 64 * 1024 * 1024
    static let patience = TimeAmount.seconds(10)

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        guard request.mayBeLarge else { return try await next(request, context) }
        var request = request
        let body = ResumableBody(request.body)
        request.body = RequestBody(asyncSequence: body)
        let response = try await next(request, context)
        let channel = context.channel
        let end = channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        var count = 0
        do {
            for try await chunk in body {
                count += chunk.readableBytes
                guard count <= Self.maximumByteCount else { return response }  // the connection ends in a moment
            }
        } catch {
            // The client has gone.
        }
        end.cancel()
        return response
    }
}

extension Request {
    /// Whether more may come than the socket's buffers take.
    fileprivate var mayBeLarge: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].flatMap(Int.init) ?? 0 > Self.maximumBodySize
    }
}

/// A body that can be read on where somebody stopped reading it; by one task at a time.
private struct ResumableBody: AsyncSequence, Sendable {
    private final class Place: @unchecked Sendable {  // the middleware reads only after the handler has returned
        var iterator: RequestBody.AsyncIterator

        init(_ iterator: RequestBody.AsyncIterator) { self.iterator = iterator }
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        private let place: Place

        fileprivate init(_ body: ResumableBody) { place = body.place }

        mutating func next() async throws -> ByteBuffer? { try await place.iterator.next() }
    }

    private let place: Place

    init(_ body: RequestBody) { place = Place(body.makeAsyncIterator()) }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
