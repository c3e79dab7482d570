import Hummingbird
import ServiceRuntime
import Storage

/// Works out who sends a request from its token.
struct Authentication: Sendable {
    /// nil for a server that only its own machine can reach: whoever sends no token is the service there, but for those for whom somebody
    /// else asks.
    let serviceKey: SecretKey?
    let operatorKey: SecretKey?
    /// nil for a server without accounts.
    let sessions: (any SessionStore)?
    let now: @Sendable () -> Timestamp

    func identity(of request: Request, at address: ClientAddress) async throws -> Identity {
        switch request.token {
        case .none:
            // A proxy brings the world along, and so does the web app.
            let isForwarded = sessions != nil && request.headers[.xForwardedFor] != nil
            return serviceKey == nil && !isForwarded ? .service : .nobody(at: address)
        case .malformed:
            guard serviceKey == nil, sessions == nil else { throw Self.unauthorized }
            return .service
        case .bearer(let text):
            if operatorKey?.isEqual(to: text) == true { return .operator }
            if serviceKey?.isEqual(to: text) == true { return .service }
            guard let sessions else {
                guard serviceKey == nil else { throw Self.unauthorized }
                return .service
            }
            return .user(try await login(text, in: sessions))
        }
    }

    private func login(_ text: String, in sessions: any SessionStore) async throws -> Identity.Login {
        guard let token = SessionToken(text)?.digest, let found = try await sessions.session(under: token, at: now()) else {
            throw Problem(.sessionExpired, "Log in again.")
        }
        return Identity.Login(account: found.account, session: found.session, token: token)
    }

    private static var unauthorized: Problem {
        Problem(.unauthorized, "Send the API key as \"Authorization: Bearer KEY\".")
    }
}
