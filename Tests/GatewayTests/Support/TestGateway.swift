import Hummingbird
import Logging
import Messaging
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
        var dependencies = Dependencies(
            dataset: dataset, index: CatalogueIndex(dataset), queue: queue, profiles: storage, lists: storage, jobs: storage,
            claims: claims, rateLimits: InMemoryRateLimitStore(now: now),
            metrics: { "kindred_test 1\n" }, now: now)
        change(&dependencies)
        self.storage = storage
        self.queue = queue
        self.claims = claims
        self.dataset = dataset
        self.server = GatewayServer(configuration, dependencies)
        self.responder = server.router().buildResponder()
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await TestAnswer(respond(method, path, body, headers: headers))
    }

    /// The response with its body unread, for streams.
    func respond(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Response {
        var fields = HTTPFields()
        if body != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers {
            guard let name = HeaderName(name) else { continue }
            fields[name] = value.isEmpty ? nil : value
        }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        return try await respond(to: request)
    }

    func respond(to request: Request) async throws -> Response {
        let context = GatewayRequestContext(
            source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "test")))
        return try await responder.respond(to: request, context: context)
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
