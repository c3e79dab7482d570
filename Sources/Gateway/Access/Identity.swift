import Jobs
import Recommenders
import Storage

/// Who sends a request, worked out once.
enum Identity: Sendable {
    case nobody(at: ClientAddress)
    case user(Login)
    case service
    case `operator`

    /// Somebody's session.
    struct Login: Sendable {
        let account: Account
        let session: Session
        let token: TokenDigest
    }

    var role: Role {
        switch self {
        case .nobody: .nobody
        case .user: .user
        case .service: .service
        case .operator: .operator
        }
    }

    /// Whose idempotency keys and whose work are counted together.
    var scope: String {
        switch self {
        case .nobody(let address): "nobody:\(address)"
        case .user(let login): "user:\(login.account.user.rawValue)"
        case .service: "service"
        case .operator: "operator"
        }
    }

    /// Who "me" is; nil for who has not logged in.
    var user: UserID? {
        if case .user(let login) = self { login.account.user } else { nil }
    }

    /// Whether a user's affairs are this one's. The route's table has been asked before.
    func maySpeak(for user: UserID) -> Bool {
        switch self {
        case .service: true
        case .user(let login): login.account.user == user
        case .nobody, .operator: false
        }
    }

    /// Whether a job is this one's to read, follow and cancel. A guest's job is whoever's who knows its id, which nobody can guess.
    func maySee(jobOf user: UserID?) -> Bool {
        guard let user else { return true }
        return self.role == .operator || maySpeak(for: user)
    }

    /// The same for a job whose record is there: one for a group is whoever's who may speak for all of it.
    func maySee(_ record: JobRecord) -> Bool {
        record.isForGroup ? role == .service || role == .operator : maySee(jobOf: record.user)
    }

    /// Whether the lists in jobs may be shown: they name the ratings they were made from.
    var maySeeRatings: Bool { role != .operator }
}
