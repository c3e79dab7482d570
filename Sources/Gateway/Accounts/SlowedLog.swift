import Logging
import ServiceRuntime
import Storage
import Synchronization

/// Tells an operator who is slowed down, in few lines however many passwords are guessed: one for each account and each address in ten
/// minutes, and not without end either. No line tells a name or an address, only the first 16 digits of its SHA-256.
final class SlowedLog: Sendable {
    private struct State {
        var start = Timestamp(milliseconds: 0)
        var seen: Set<String> = []
    }

    private static let interval = Duration.seconds(600)
    private static let maximumCount = 1000

    private let state = Mutex(State())

    /// - Parameter name: nil when it is no account's, but the address' sign-ups are slowed.
    func note(_ name: AccountName?, at address: ClientAddress, for wait: Duration, now: Timestamp, logger: Logger) {
        let account = name.map { Self.digest("\($0)".lowercased()) }
        let client = Self.digest("\(address)")
        let isNew = state.withLock { state in
            if now.since(state.start) >= Self.interval { state = State(start: now) }
            let subjects = [client] + (account.map { [$0] } ?? [])
            guard state.seen.isDisjoint(with: subjects), state.seen.count < Self.maximumCount else { return false }
            state.seen.formUnion(subjects)
            return true
        }
        guard isNew else { return }
        var metadata: Logger.Metadata = [LogKey.clientDigest: "\(client)", LogKey.delay: "\(wait.components.seconds)"]
        if let account { metadata[LogKey.accountDigest] = "\(account)" }
        logger.warning("Too many passwords were tried: whoever tries more has to wait", metadata: metadata)
    }

    private static func digest(_ text: String) -> String {
        String(SHA256.hexadecimalDigest(of: Array(text.utf8)).prefix(16))
    }
}
