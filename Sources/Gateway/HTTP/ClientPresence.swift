import Hummingbird
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Knows when the client of a connection has gone, so that nothing waits for it.
///
/// Hummingbird learns that only when it writes. Its own way to watch for it reads the connection on, and so cannot keep it for the next
/// request. A client that closes only its side for writing has gone as well: it gets its answer at once.
final class ClientPresence: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private struct State {
        var isGone = false
        /// A connection carries one request at a time.
        var onDeparture: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var isGone: Bool { state.withLock(\.isGone) }

    /// Runs `body` in a task that is cancelled as soon as the client has gone.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await body() }
        let isGone = state.withLock { state in
            state.onDeparture = { task.cancel() }
            return state.isGone
        }
        if isGone { task.cancel() }
        defer { state.withLock { $0.onDeparture = nil } }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { depart() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        depart()
        context.fireChannelInactive()
    }

    private func depart() {
        let onDeparture = state.withLock { state in
            state.isGone = true
            return state.onDeparture.take()
        }
        onDeparture?()
    }
}

extension GatewayRequestContext {
    /// Of the client of this request; nil where there is no network.
    func presence() async -> ClientPresence? {
        try? await channel.pipeline.handler(type: ClientPresence.self).get()
    }
}
