import Hummingbird

/// What probes, Prometheus and readers of the documentation ask for.
struct OperationsRoutes: Sendable {
    let readiness: Readiness
    let stalledLoops: @Sendable () -> [String]
    let metrics: @Sendable () -> String

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        // Only our own threads count: RabbitMQ and Redis are no reason to restart a gateway.
        router.get("/livez") { request, _ in
            try request.refuseParameters()
            let stalled = stalledLoops()
            guard stalled.isEmpty else { throw Problem(.loopStuck, "Stuck: \(stalled.joined(separator: ", ")).") }
            return Response.json { $0.field("status", "alive") }
        }
        router.get("/readyz") { request, _ in
            try request.refuseParameters()
            switch readiness.state {
            case .starting: throw Problem(.queueUnavailable, "RabbitMQ was not reached yet.")
            case .ready: return Response.json { $0.field("status", "ready") }
            case .ending: throw Problem(.shuttingDown)
            }
        }
        router.get("/metrics") { request, _ in
            try request.refuseParameters()
            let page = ByteBuffer(string: metrics())
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: page))
        }
        let document = ByteBuffer(string: OpenAPIDocument.text)
        router.get("/openapi.json") { request, _ in
            try request.refuseParameters()
            return Response(
                status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: document))
        }
        router.get("/docs") { request, _ in
            try request.refuseParameters()
            let nonce = DocumentationPage.nonce()
            let headers: HTTPFields = [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: DocumentationPage.contentSecurityPolicy(nonce: nonce),
            ]
            let page = ByteBuffer(string: DocumentationPage.html(nonce: nonce))
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: page))
        }
    }
}
