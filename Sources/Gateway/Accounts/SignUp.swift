import Hummingbird
import Jobs
import Passwords
import Recommenders
import ServiceRuntime
import Storage

/// Makes accounts.
struct SignUp: Sendable {
    let keeping: AccountKeeping
    let credentials: Credentials
    let intake: JobIntake

    /// The account, and the job that carries its ratings.
    struct Outcome {
        let account: Account
        let job: JobRecord?
    }

    /// An account with a guest's ratings, or the one that the same request made before, if the password is right.
    ///
    /// A repeated request is known by its key, its name and the moment of its first claim, which the account carries: whoever finds the
    /// name taken by somebody else cannot try passwords here either, since the check counts them. Once that account was deleted, the
    /// same request makes another.
    func perform(_ body: SignUpBody, _ request: Request, _ context: GatewayRequestContext) async throws -> Outcome {
        let identity = try RequestIdentity(
            of: request, body: body.fingerprint, in: "sign-up:\(body.name.text.lowercased())")
        try await credentials.admitSignUp(from: context.address, context.logger)
        let claimed = try await claim(identity, body)
        let account = try await account(of: body, claimed, context)
        guard !body.ratings.isEmpty else {
            await intake.confirm(claimed, as: identity)
            return Outcome(account: account, job: nil)
        }
        do {
            let order = JobOrder.ratings(
                body.ratings.map { ($0.item, .rated($0.rating)) }, of: account.user, refresh: true)
            return Outcome(account: account, job: try await intake.accept(order, claimed, as: identity).record)
        } catch {
            // Without a key nobody could tell a repetition from another's attempt at the name. The broker may have the job all the same:
            // what is removed stays so.
            if identity == nil {
                try? await keeping.removal.remove(account.user)
                try? await keeping.accounts.deleteAccount(of: account.user)
            }
            throw error
        }
    }

    private func claim(_ identity: RequestIdentity?, _ body: SignUpBody) async throws -> JobIntake.Claimed {
        let claimed = try await intake.claim(identity, versionCount: body.ratings.count)
        // In this order: an account is there before its request is done, so if it is not there any more, it was deleted.
        guard let identity, try await intake.isDone(claimed), try await keeping.accounts.account(named: body.name) == nil else {
            return claimed
        }
        return try await intake.renew(claimed, as: identity, versionCount: body.ratings.count)
    }

    private func account(
        of body: SignUpBody, _ claimed: JobIntake.Claimed, _ context: GatewayRequestContext
    ) async throws -> Account {
        if claimed.isRepeated, let known = try await earlier(body, claimed, context) { return known }
        let account = Account(
            name: body.name, passwordHash: try await keeping.hashing.hash(body.password), createdAt: claimed.claim.createdAt)
        if try await keeping.accounts.create(account) { return account }
        // The first request of these two may have been slower than its repetition.
        guard claimed.isRepeated, let known = try await earlier(body, claimed, context) else { throw Problem(.nameTaken) }
        return known
    }

    /// The account that this request made before; nil if the name is free.
    private func earlier(
        _ body: SignUpBody, _ claimed: JobIntake.Claimed, _ context: GatewayRequestContext
    ) async throws -> Account? {
        guard let known = try await keeping.accounts.account(named: body.name) else { return nil }
        guard known.createdAt == claimed.claim.createdAt else { throw Problem(.nameTaken) }
        return try await credentials.account(named: body.name.text, body.password, from: context.address, context.logger)
    }
}
