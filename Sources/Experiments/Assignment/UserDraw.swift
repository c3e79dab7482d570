import Glibc
import Recommenders

/// A number for each user, as good as drawn at random and the same for ever, anew for each `purpose`.
struct UserDraw: Sendable {
    private let seed: UInt64

    init(_ purpose: String) { seed = Self.hash(purpose) }

    /// Distributed exponentially with mean 1, and never 0.
    func waitingTime(of user: UserID) -> Double { -log(number(of: user)) }

    /// Distributed evenly between 0 and 1, neither of them included.
    func number(of user: UserID) -> Double {
        (Double(Self.hash(user.rawValue, seed: seed) >> 11) + 0.5) * 0x1p-53
    }

    static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
        XXHash64.checksum(of: Array(text.utf8).span.bytes, seed: seed)
    }
}
