import Hummingbird
import Passwords
import ServiceRuntime
import Storage

/// Signing up, and what one may do with one's account.
struct AccountRoutes: Sendable {
    let answers: JobAnswers
    let profiles: any ProfileStore
    let shelf: ShelfSource
    let logins: SessionRoutes

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.post("/v1/accounts", use: signUp)
        router.get("/v1/accounts/me", use: show)
        router.patch("/v1/accounts/me", use: change)
        router.delete("/v1/accounts/me", use: remove)
        router.put("/v1/accounts/me/password", use: changePassword)
    }

    @Sendable private func signUp(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (keeping, credentials) = try logins.required()
        try request.refuseParameters()
        let body = try SignUpBody(reading: try await ReceivedBody(of: request).json(), shelf: shelf())
        let outcome = try await SignUp(keeping: keeping, credentials: credentials, intake: answers.intake)
            .perform(body, request, context)
        var job: [UInt8]?
        if let record = outcome.job { job = try await answers.presenter.json(of: record, for: .service) }
        return try await logins.open(for: outcome.account, in: keeping) { json in
            json.key("job")
            json.literal(job.map { String(decoding: $0, as: UTF8.self) } ?? "null")
        }
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        return Self.answer(try context.login().account)
    }

    @Sendable private func change(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (keeping, _) = try logins.required()
        try request.refuseParameters()
        let body = try AccountChangeBody(reading: try await ReceivedBody(of: request).json(), shelf: shelf())
        guard let account = try await keeping.accounts.setGenres(body.genres, of: context.login().account.user) else {
            throw Problem(.sessionExpired, "The account is gone.")
        }
        return Self.answer(account)
    }

    /// Whoever has only the session cannot take the account over, nor away: both want the password.
    @Sendable private func changePassword(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (keeping, credentials) = try logins.required()
        try request.refuseParameters()
        let login = try context.login()
        let body = try PasswordChangeBody(reading: try await ReceivedBody(of: request).json(), name: login.account.name)
        let account = try await credentials.account(
            named: login.account.name.text, body.current, from: context.address, context.logger)
        let hash = try await keeping.hashing.hash(body.new)
        guard
            try await keeping.accounts.changePassword(
                of: account.user, from: account.passwordHash, to: hash, keeping: login.token)
        else { throw Problem(.sessionExpired, "The password was changed elsewhere.") }
        return Response(status: .noContent)
    }

    @Sendable private func remove(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (keeping, credentials) = try logins.required()
        try request.refuseParameters()
        let login = try context.login()
        let body = try PasswordBody(reading: try await ReceivedBody(of: request).json())
        let account = try await credentials.account(
            named: login.account.name.text, body.password, from: context.address, context.logger)
        try await AccountRemoval(keeping: keeping, profiles: profiles, intake: answers.intake).remove(account)
        return Response(status: .noContent)
    }

    private static func answer(_ account: Account) -> Response {
        .json { json in
            json.key("account")
            account.write(to: &json)
        }
    }
}

extension GatewayRequestContext {
    /// The session that the route's entry in `RouteAccess` demands.
    func login() throws(Problem) -> Identity.Login {
        guard case .user(let login) = identity else { throw Problem(.sessionRequired) }
        return login
    }
}
