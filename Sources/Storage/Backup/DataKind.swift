import Recommenders

/// Every kind of key that the data role holds for good, which is what a backup has in it. A new kind is one more case here.
package enum DataKind: UInt8, CaseIterable, Sendable {
    // The numbers stand in backups, so none is ever used again for something else.
    case profile = 1
    case account = 2
    /// That a user was removed for good.
    case removal = 3

    /// For people: "profiles".
    package var name: String {
        switch self {
        case .profile: "profiles"
        case .account: "accounts"
        case .removal: "removed users"
        }
    }

    /// What `SCAN` finds its keys by. All are hashes.
    var pattern: String {
        switch self {
        case .profile: RedisKey.everyProfile
        case .account: RedisKey.everyAccount
        case .removal: RedisKey.everyRemoval
        }
    }

    /// - Returns: nil unless `text` is a key of this kind.
    func key(_ text: String) -> RedisKey? {
        switch self {
        case .profile: .profile(named: text)
        case .account: .account(named: text)
        case .removal: .removal(named: text)
        }
    }
}
