import Hummingbird
import Passwords
import ServiceRuntime
import Storage

/// Logging in and out.
struct SessionRoutes: Sendable {
    private let keeping: AccountKeeping?
    private let credentials: Credentials?
    private let now: @Sendable () -> Timestamp

    /// - Parameter keeping: nil for a server without accounts.
    init(_ keeping: AccountKeeping?, now: @escaping @Sendable () -> Timestamp) {
        self.keeping = keeping
        self.now = now
        credentials = keeping.map { Credentials($0, now: now) }
    }

    func add(to router: some RouterMethods<GatewayRequestContext>) {
        router.post("/v1/sessions", use: logIn)
        router.get("/v1/sessions/current", use: show)
        router.delete("/v1/sessions/current", use: logOut)
    }

    func required() throws(Problem) -> (AccountKeeping, Credentials) {
        guard let keeping, let credentials else { throw Problem(.accountsOff) }
        return (keeping, credentials)
    }

    /// A new session, and the answer that tells its token, this once.
    ///
    /// - Parameter further: writes what else the answer says.
    func open(
        for account: Account, in keeping: AccountKeeping, _ further: (inout JSONWriter) -> Void = { _ in }
    ) async throws -> Response {
        let token = SessionToken.random()
        let session = try await keeping.sessions.open(Session(of: account, at: now()), of: account, under: token.digest)
        var json = JSONWriter()
        json.object { json in
            json.key("account")
            account.write(to: &json)
            json.key("session")
            session.write(to: &json, token: token)
            further(&json)
        }
        return .json(json.bytes, status: .created)
    }

    @Sendable private func logIn(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (keeping, credentials) = try required()
        try request.refuseParameters()
        let body = try LoginBody(reading: try await ReceivedBody(of: request).json())
        let account = try await credentials.account(named: body.name, body.password, from: context.address, context.logger)
        return try await open(for: account, in: keeping)
    }

    @Sendable private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try request.refuseParameters()
        let login = try context.login()
        return .json { json in
            json.key("account")
            login.account.write(to: &json)
            json.key("session")
            login.session.write(to: &json)
        }
    }

    @Sendable private func logOut(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (keeping, _) = try required()
        try request.refuseParameters()
        try await keeping.sessions.endSession(under: context.login().token)
        return Response(status: .noContent)
    }
}
