import Hummingbird

/// Who may use which route. This is decided here and nowhere else: what does not stand in the table is refused, whoever asks.
///
/// Beyond the role there is ownership: where a path names a `{user}`, or a body several, a user may only be that user, and where it names
/// a `{job}` or the `{list}` that came of one, `Identity.maySee` decides. What is somebody else's is answered like what does not exist.
enum RouteAccess {
    enum Rule: Equatable {
        /// Whoever asks, with whatever token: it is not even looked at.
        case open
        /// These. Guests are turned away by a server without accounts.
        case roles(Set<Role>)
        /// These, and only where there are accounts.
        case withAccounts(Set<Role>)

        var roles: Set<Role> {
            switch self {
            case .open: Set(Role.allCases)
            case .roles(let roles), .withAccounts(let roles): roles
            }
        }
    }

    static let table: [String: Rule] = [
        "GET /livez": .open,
        "GET /readyz": .open,
        "GET /metrics": .open,
        "GET /docs": .open,
        "GET /openapi.json": .open,

        "GET /v1/catalogue": .roles([.nobody, .user, .service, .operator]),
        "GET /v1/evaluation": .roles([.nobody, .user, .service, .operator]),
        "GET /v1/items": .roles([.nobody, .user, .service, .operator]),
        "GET /v1/questionnaire": .roles([.nobody, .user, .service, .operator]),
        "GET /v1/items/{item}": .roles([.nobody, .user, .service, .operator]),
        "PUT /v1/items/{item}": .roles([.service]),
        "GET /v1/items/{item}/similar": .roles([.nobody, .user, .service, .operator]),
        "POST /v1/recommendations": .roles([.nobody, .user, .service]),
        "GET /v1/lists/{list}": .roles([.nobody, .user, .service]),

        "GET /v1/users/{user}/ratings": .roles([.user, .service]),
        "POST /v1/users/{user}/ratings": .roles([.user, .service]),
        "PUT /v1/users/{user}/ratings/{item}": .roles([.user, .service]),
        "DELETE /v1/users/{user}/ratings/{item}": .roles([.user, .service]),
        "GET /v1/users/{user}/not-interested": .roles([.user, .service]),
        "PUT /v1/users/{user}/not-interested/{item}": .roles([.user, .service]),
        "DELETE /v1/users/{user}/not-interested/{item}": .roles([.user, .service]),
        "GET /v1/users/{user}/recommendations": .roles([.user, .service]),
        "POST /v1/users/{user}/recommendations": .roles([.user, .service]),
        "POST /v1/users/{user}/events": .roles([.user, .service]),
        "POST /v1/users/{user}/impressions": .roles([.user, .service]),
        "GET /v1/users/{user}/visibility": .roles([.user, .service]),
        "PUT /v1/users/{user}/visibility": .roles([.user, .service]),
        "DELETE /v1/users/{user}/visibility": .roles([.user, .service]),
        "POST /v1/users/{user}/similar-users": .roles([.user, .service]),

        "GET /v1/jobs/{job}": .roles([.nobody, .user, .service, .operator]),
        "DELETE /v1/jobs/{job}": .roles([.nobody, .user, .service, .operator]),
        "GET /v1/jobs/{job}/events": .roles([.nobody, .user, .service, .operator]),

        "POST /v1/accounts": .withAccounts([.nobody, .user, .service]),
        "GET /v1/accounts/me": .withAccounts([.user]),
        "PATCH /v1/accounts/me": .withAccounts([.user]),
        "DELETE /v1/accounts/me": .withAccounts([.user]),
        "PUT /v1/accounts/me/password": .withAccounts([.user]),
        "POST /v1/sessions": .withAccounts([.nobody, .user, .service]),
        "GET /v1/sessions/current": .withAccounts([.user]),
        "DELETE /v1/sessions/current": .withAccounts([.user]),

        "GET /v1/experiments": .roles([.operator]),
        "GET /v1/experiments/{experiment}": .roles([.operator]),

        "GET /v1/dead-letters": .roles([.operator]),
        "POST /v1/dead-letters/{letter}/requeue": .roles([.operator]),
        "DELETE /v1/dead-letters/{letter}": .roles([.operator]),
    ]

    /// - Parameter path: the route's pattern.
    /// - Returns: nil for a route that was forgotten.
    static func rule(of method: HTTPRequest.Method, _ path: String) -> Rule? {
        table["\(method == .head ? "GET" : method.rawValue) \(path)"]
    }

    /// What somebody of this role is told who may not use the route; nil for who may.
    static func refusal(of role: Role, by rule: Rule) -> Problem? {
        if rule.roles.contains(role) { return nil }
        if rule.roles == [.user] {
            return Problem(
                .sessionRequired, "Log in, and send the session's token as \"Authorization: Bearer TOKEN\".")
        }
        if role == .nobody {
            return Problem(.unauthorized, "Log in, or send the API key, as \"Authorization: Bearer TOKEN\".")
        }
        return Problem(.forbidden)
    }
}
