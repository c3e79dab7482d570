import Synchronization

@testable import Passwords

/// Finds every password right, and remembers what it was asked.
final class CountingHashing: PasswordHashing {
    private let hashes = Mutex<[String]>([])

    var verified: [String] { hashes.withLock { $0 } }
    var decoy: String { "decoy" }

    func hash(_ password: Password) async throws(PasswordError) -> String { "hash" }
    func needsRehash(_ hash: String) -> Bool { false }

    func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool {
        hashes.withLock { $0.append(hash) }
        return true
    }
}
