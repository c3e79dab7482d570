import Recommenders
import ServiceRuntime
import Storage

/// Sessions in a Redis that is away.
struct AwaySessions: SessionStore {
    private let error = StorageError(.connectionLost, "away")

    func open(
        _ session: Session, of account: Account, under token: TokenDigest
    ) async throws(StorageError) -> Session { throw error }
    func session(
        under token: TokenDigest, at now: Timestamp
    ) async throws(StorageError) -> (session: Session, account: Account)? { throw error }
    func endSession(under token: TokenDigest) async throws(StorageError) { throw error }
    func endSessions(of user: UserID, except token: TokenDigest?) async throws(StorageError) { throw error }
}
