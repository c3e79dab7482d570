import DequeModule
import NIOCore
import NIOHTTP1
import NIOPosix

/// Connections that are kept, and opened when there are too few, up to a limit. Beyond it requests wait here.
///
/// Everything of it happens on one event loop.
final class ConnectionPool {
    private let target: LoadTarget
    private let limit: Int
    private let loop: any EventLoop
    private let connectTimeout: TimeAmount
    private var open: [ObjectIdentifier: LoadConnection] = [:]
    /// The last one used is the first to be used again.
    private var idle: [LoadConnection] = []
    private var connecting = 0
    private var waiting: Deque<LoadRequest> = []
    private var isClosing = false
    /// How many were opened since the start.
    private(set) var openedCount = 0

    init(_ target: LoadTarget, limit: Int, connectTimeout: TimeAmount, loop: any EventLoop) {
        self.target = target
        self.limit = limit
        self.connectTimeout = connectTimeout
        self.loop = loop
    }

    /// Whether a request sent now would have to wait, though as many connections are open as may be.
    var isExhausted: Bool { idle.isEmpty && open.count + connecting >= limit }

    func send(_ request: LoadRequest) {
        if let connection = idle.popLast() { return connection.send(request) }
        waiting.append(request)
        connectIfNeeded()
    }

    /// Gives up what took too long.
    func sweep(now: NIODeadline) {
        for connection in open.values {
            if let request = connection.request, request.deadline <= now { connection.close(.timedOut) }
        }
        // The oldest stand first, and of one kind all have the same time.
        while let request = waiting.first, request.deadline <= now {
            waiting.removeFirst()
            request.complete(.failure(.timedOut))
        }
    }

    /// Gives up everything; connections that were waiting for an answer are closed.
    func giveUp() {
        for connection in open.values where connection.request != nil { connection.close(.timedOut) }
        while let request = waiting.popFirst() { request.complete(.failure(.timedOut)) }
    }

    func close() {
        isClosing = true
        giveUp()
        for connection in open.values { connection.close(.connectionLost) }
    }

    // MARK: What connections tell

    func isConnected(_ connection: LoadConnection) {
        connecting -= 1
        openedCount += 1
        open[ObjectIdentifier(connection)] = connection
        if isClosing { connection.close(.connectionLost) } else { isFree(connection) }
    }

    func isFree(_ connection: LoadConnection) {
        guard connection.request == nil, open[ObjectIdentifier(connection)] != nil else { return }
        if let request = waiting.popFirst() { connection.send(request) } else { idle.append(connection) }
    }

    func isClosed(_ connection: LoadConnection) {
        guard open.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        idle.removeAll { $0 === connection }
        connectIfNeeded()
    }

    private func connectIfNeeded() {
        guard !isClosing, connecting < waiting.count, open.count + connecting < limit else { return }
        connecting += 1
        let pool = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        HTTPRequestEncoder(), ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)),
                        LoadConnection(pool: pool.value))
                }
            }
            .connect(host: target.host, port: target.port)
            .whenFailure { _ in pool.value.couldNotConnect() }
    }

    /// One request fails with each try, so that a service that is away is counted as often as it was asked.
    private func couldNotConnect() {
        connecting -= 1
        waiting.popFirst()?.complete(.failure(.notConnected))
        connectIfNeeded()
    }
}
