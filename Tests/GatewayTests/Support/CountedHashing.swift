import Passwords
import Synchronization

/// Hashes in no time, and says how many it checked.
final class CountedHashing: PasswordHashing {
    private let plain = PlainPasswordHashing()
    private let count = Mutex(0)
    private let error: PasswordError?

    /// - Parameter error: what comes of every check; nil for the truth.
    init(error: PasswordError? = nil) {
        self.error = error
    }

    var verified: Int { count.withLock { $0 } }
    var decoy: String { plain.decoy }

    func hash(_ password: Password) async throws(PasswordError) -> String { try await plain.hash(password) }
    func needsRehash(_ hash: String) -> Bool { plain.needsRehash(hash) }

    func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool {
        count.withLock { $0 += 1 }
        if let error { throw error }
        return try await plain.verify(password, against: hash)
    }
}
