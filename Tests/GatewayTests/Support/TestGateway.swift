import Hummingbird
import Logging
import Messaging
import NIOCore
import NIOEmbedded
import Recommenders
import ServiceRuntime
import Storage

@testable import Gateway

/// A gateway over parts in memory, asked without a network.
struct TestGateway: Sendable {
    let storage: InMemoryStorage
    let queue: InMemoryJobQueue
    let claims: InMemoryIdempotencyStore
    let dataset: Dataset
    let server: GatewayServer
    let responder: RouterResponder<GatewayRequestContext>

    init(
        configuration: GatewayConfiguration = GatewayConfiguration(), dataset: Dataset = .small,
        queue: InMemoryJobQueue = InMemoryJobQueue(), now: @escaping @Sendable () -> Timestamp = { .now },
        change: (inout Dependencies) -> Void = { _ in }
    ) {
        let storage = InMemoryStorage(now: now)
        let claims = InMemoryIdempotencyStore(now: now)
        let shelf = ItemShelf(dataset: dataset)
        var dependencies = Dependencies(
            shelf: { shelf }, queue: queue, profiles: storage, lists: storage, impressions: storage,
            visibility: storage, jobs: storage, claims: claims, rateLimits: InMemoryRateLimitStore(now: now),
            metrics: { "kindred_test 1\n" }, now: now)
        change(&dependencies)
        self.storage = storage
        self.queue = queue
        self.claims = claims
        self.dataset = dataset
        self.server = GatewayServer(configuration, dependencies)
        self.responder = server.router().buildResponder()
    }

    /// - Parameters:
    ///   - token: sent as `Authorization: Bearer`.
    ///   - peer: the address that holds the other end of the connection.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:],
        token: String? = nil, peer: String? = nil, logger: Logger = Logger(label: "test")
    ) async throws -> TestAnswer {
        let headers = token.map { headers.merging(["Authorization": "Bearer \($0)"]) { $1 } } ?? headers
        return try await TestAnswer(respond(method, path, body, headers: headers, peer: peer, logger: logger))
    }

    /// The response with its body unread, for streams.
    func respond(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:],
        peer: String? = nil, logger: Logger = Logger(label: "test")
    ) async throws -> Response {
        var fields = HTTPFields()
        if body != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers {
            guard let name = HeaderName(name) else { continue }
            fields[name] = value.isEmpty ? nil : value
        }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        return try await respond(to: request, peer: peer, logger: logger)
    }

    func respond(
        to request: Request, peer: String? = nil, logger: Logger = Logger(label: "test")
    ) async throws -> Response {
        try await responder.respond(to: request, context: Self.context(peer: peer, logger: logger))
    }

    static func context(peer: String? = nil, logger: Logger = Logger(label: "test")) throws -> GatewayRequestContext {
        let channel = NIOAsyncTestingChannel()
        channel.remoteAddress = try peer.map { try SocketAddress(ipAddress: $0, port: 1) }
        return GatewayRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
    }

    /// Runs `body` while a worker carries out whatever is queued.
    func withWorker(_ worker: TestWorker = TestWorker(), _ body: () async throws -> Void) async throws {
        let source = queue.makeSource()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (storage, dataset) = (storage, dataset)
            group.addTask { try await worker.run(source, storage, RecommendationEngine(dataset: dataset)) }
            defer { group.cancelAll() }
            try await body()
            await source.stop()
        }
    }
}
