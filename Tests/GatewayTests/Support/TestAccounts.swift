import Hummingbird
import Passwords
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

/// A gateway that keeps accounts, over parts in memory and with a clock that goes when it is told to.
struct TestAccounts: Sendable {
    static let serviceKey = "the service's long random text"
    static let operatorKey = "the operator's long random text"
    static let password = "correct horse battery"

    let gateway: TestGateway
    let clock: ManualClock
    let accounts: InMemoryAccounts

    /// - Parameters:
    ///   - isOn: whether the gateway keeps accounts; sessions may be opened in any case.
    ///   - key: what the service sends; nil for a gateway that asks for nothing.
    init(
        isOn: Bool = true, key: String? = serviceKey, hashing: any PasswordHashing = PlainPasswordHashing(),
        configure: (inout GatewayConfiguration) -> Void = { _ in }, change: (inout Dependencies) -> Void = { _ in }
    ) {
        let (clock, accounts) = (ManualClock(), InMemoryAccounts())
        var configuration = GatewayConfiguration()
        configuration.apiKey = key
        configuration.operatorKey = Self.operatorKey
        configure(&configuration)
        gateway = TestGateway(configuration: configuration, now: { clock.now }) { dependencies in
            dependencies.similarItems = .small
            if isOn, let storage = dependencies.profiles as? InMemoryStorage {
                dependencies.accounts = AccountKeeping(
                    accounts: accounts, sessions: accounts, attempts: accounts, removal: storage, hashing: hashing)
            }
            change(&dependencies)
        }
        self.clock = clock
        self.accounts = accounts
    }

    /// Somebody who is logged in.
    struct Member: Sendable {
        let account: Account
        let token: String
        var user: UserID { account.user }
    }

    /// An account, made behind the gateway's back.
    func member(_ name: String) async throws -> Member {
        let hash = try await PlainPasswordHashing().hash(Password(Self.password))
        let account = Account(name: try AccountName(name), passwordHash: hash, createdAt: clock.now)
        #expect(try await accounts.create(account))
        let token = SessionToken.random()
        try await accounts.open(Session(of: account, at: clock.now), of: account, under: token.digest)
        return Member(account: account, token: token.text)
    }

    func signUp(
        _ name: String, password: String = password, ratings: String? = nil, headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        let ratings = ratings.map { #","ratings":\#($0)"# } ?? ""
        return try await gateway.send(
            .post, "/v1/accounts", #"{"name":"\#(name)","password":"\#(password)"\#(ratings)}"#, headers: headers)
    }

    func logIn(
        _ name: String, password: String = password, peer: String? = nil, recorder: LogRecorder = LogRecorder()
    ) async throws -> TestAnswer {
        try await gateway.send(
            .post, "/v1/sessions", #"{"name":"\#(name)","password":"\#(password)"}"#, peer: peer, logger: recorder.logger)
    }
}
