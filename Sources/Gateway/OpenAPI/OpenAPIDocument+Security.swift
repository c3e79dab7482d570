/// Who may use what, as `RouteAccess` decides.
extension OpenAPIDocument {
    /// The schemes of the roles that are no guests.
    static let securitySchemes = ##"""
        "session": {
          "type": "http", "scheme": "bearer",
          "description": "The token of a session: a user, who may do what concerns itself. It ends after 30 minutes without use, and \
        after 24 hours at the latest."
        },
        "apiKey": {
          "type": "http", "scheme": "bearer",
          "description": "The API key, if this server was given one: a trusted frontend, which speaks for any user."
        },
        "operatorKey": {
          "type": "http", "scheme": "bearer",
          "description": "The operator's key, if this server was given one: any job and the dead letters, and nobody's ratings."
        }
        """##.replacing("\\\n", with: "")

    /// What holds for routes that do not say otherwise.
    static let securityOfMost = requirements([.user, .service])

    /// The `security` member of an operation that is for others than most are.
    ///
    /// - Parameter route: as `RouteAccess.table` has it.
    static func security(_ route: String) -> String {
        "\"security\": [\(requirements(RouteAccess.table[route]?.roles ?? []))]"
    }

    /// Any of these will do.
    static func requirements(_ roles: Set<Role>) -> String {
        Role.allCases.filter(roles.contains).map { role in
            switch role {
            case .nobody: "{}"
            case .user: ##"{"session": []}"##
            case .service: ##"{"apiKey": []}"##
            case .operator: ##"{"operatorKey": []}"##
            }
        }.joined(separator: ", ")
    }
}
