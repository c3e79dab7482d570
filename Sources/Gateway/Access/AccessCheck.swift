import Hummingbird
import Storage

/// Lets a request pass if `RouteAccess` lets its sender use the route, and tells the routes who that is.
struct AccessCheck: RouterMiddleware {
    let authentication: Authentication
    let proxies: TrustedProxies

    private var hasAccounts: Bool { authentication.sessions != nil }

    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.address = proxies.client(of: request, on: context.channel)
        guard let path = context.endpointPath, path.first == "/" else {
            // Where guests may do nothing they do not learn either what there is.
            if !hasAccounts { try admitGuest(try await authentication.identity(of: request, at: context.address)) }
            return try await next(request, context)
        }
        guard let rule = RouteAccess.rule(of: request.method, path) else { throw Problem(.forbidden) }
        if rule == .open { return try await next(request, context) }
        context.identity = try await identity(of: request, context, under: rule)
        try check(context, against: rule)
        return try await next(request, context)
    }

    private func check(_ context: GatewayRequestContext, against rule: RouteAccess.Rule) throws(Problem) {
        if !hasAccounts {
            try admitGuest(context.identity)
            if case .withAccounts = rule { throw Problem(.accountsOff) }
        }
        if let refusal = RouteAccess.refusal(of: context.identity.role, by: rule) { throw refusal }
        guard context.parameters["user"] != nil else { return }
        guard context.identity.maySpeak(for: try context.user()) else { throw Problem(.unknownUser) }
    }

    private func admitGuest(_ identity: Identity) throws(Problem) {
        guard identity.role != .nobody else {
            throw Problem(.unauthorized, "Send the API key as \"Authorization: Bearer KEY\".")
        }
    }

    /// What everybody may read stays readable while nobody can tell whose session it is.
    private func identity(
        of request: Request, _ context: GatewayRequestContext, under rule: RouteAccess.Rule
    ) async throws -> Identity {
        do {
            return try await authentication.identity(of: request, at: context.address)
        } catch let error as StorageError
            where error.isRetriable && request.method == .get && rule == .roles(Set(Role.allCases))
            && context.parameters["job"] == nil
        {
            return .nobody(at: context.address)
        }
    }
}
