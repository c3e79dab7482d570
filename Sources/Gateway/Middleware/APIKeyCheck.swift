import Hummingbird

/// Lets a request pass that carries the API key, or asks for nothing that needs one.
struct APIKeyCheck: RouterMiddleware {
    /// What operators, probes and readers of the documentation ask for.
    static let openPaths: Set<String> = ["/livez", "/readyz", "/metrics", "/docs", "/openapi.json"]

    /// nil when the gateway needs none.
    private let key: [UInt8]?

    init(key: String?) {
        self.key = key.map { Array($0.utf8) }
    }

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        if let key, !Self.openPaths.contains(request.uri.path), !Self.carries(key, request) {
            throw Problem(.unauthorized, "Send the API key as \"Authorization: Bearer KEY\".")
        }
        return try await next(request, context)
    }

    private static func carries(_ key: [UInt8], _ request: Request) -> Bool {
        guard let header = request.headers[.authorization] else { return false }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
        return isEqual(key, Array(parts[1].utf8))
    }

    /// Takes the same time wherever the two differ; only the length of `offered`, which its sender knows, has an influence.
    private static func isEqual(_ key: [UInt8], _ offered: [UInt8]) -> Bool {
        var difference = UInt8(key.count == offered.count ? 0 : 1)
        for (place, byte) in offered.enumerated() { difference |= byte ^ key[place % key.count] }
        return difference == 0
    }
}
