import Metrics

/// What we count about passwords, by name.
enum PasswordMetrics {
    enum Outcome: String {
        case computed
        /// Too many waited already.
        case refused
    }

    /// Hashes wanted, to keep or to compare, by what came of it.
    static func hashes(_ outcome: Outcome) -> Counter {
        Counter(label: "kindred_password_hashes_total", dimensions: [("outcome", outcome.rawValue)])
    }

    /// From the call to the hash, waiting included.
    static func duration() -> Timer { Timer(label: "kindred_password_hash_duration_seconds") }
}
