import Passwords
import Synchronization

/// Hashes in no time, and says how many it checked.
final class CountedHashing: PasswordHashing {
    private let plain = PlainPasswordHashing()
    private let count = Mutex(0)
    private let error: PasswordError?
    private let failures: Int

    /// - Parameters:
    ///   - error: what comes of the checks; nil for the truth.
    ///   - failures: of how many; the truth comes after them.
    init(error: PasswordError? = nil, failures: Int = .max) {
        self.error = error
        self.failures = failures
    }

    var verified: Int { count.withLock { $0 } }
    var decoy: String { plain.decoy }

    func hash(_ password: Password) async throws(PasswordError) -> String { try await plain.hash(password) }
    func needsRehash(_ hash: String) -> Bool { plain.needsRehash(hash) }

    func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if let error, number <= failures { throw error }
        return try await plain.verify(password, against: hash)
    }
}
