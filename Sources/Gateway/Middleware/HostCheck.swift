import Hummingbird

/// Turns away what browsers send here in the name of other sites.
///
/// Without an API key, being on this machine is all that clients need. A page of any site gets there too once its own name leads to
/// a loopback address (DNS rebinding); but its requests still carry that name.
struct HostCheck: RouterMiddleware {
    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let host = request.head.authority, Self.isLoopback(host) else {
            throw Problem(
                .misdirectedRequest, "Without an API key this server answers to names of this machine only, as localhost.")
        }
        return try await next(request, context)
    }

    /// - Parameter authority: a name or address, and perhaps a port.
    static func isLoopback(_ authority: String) -> Bool {
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let name = parts.first else { return false }
        return name.lowercased() == "localhost" || GatewayConfiguration.isLoopbackIPv4(String(name))
    }
}
