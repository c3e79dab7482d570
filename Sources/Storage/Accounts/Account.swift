package import Recommenders
package import ServiceRuntime

/// Somebody who can log in.
package struct Account: Hashable, Sendable {
    /// Whose ratings, lists and jobs these are: a random id, never the name, so that whoever takes the name of a deleted account
    /// inherits nothing.
    package let user: UserID
    package let name: AccountName
    package let role: AccountRole
    /// In the PHC string format, parameters and salt included.
    package var passwordHash: String
    /// The chosen ones, in the order of choice.
    package var genres: [String]
    package let createdAt: Timestamp
    /// Drawn anew whenever the password is changed: a session is good for the seal it was opened under, and no other.
    package var seal: SessionSeal

    /// A new one with an id of its own.
    package init(name: AccountName, passwordHash: String, createdAt: Timestamp = .now) {
        self.init(
            user: .ofNewAccount(), name: name, role: .user, passwordHash: passwordHash, genres: [], createdAt: createdAt,
            seal: .random())
    }

    init(
        user: UserID, name: AccountName, role: AccountRole, passwordHash: String, genres: [String], createdAt: Timestamp,
        seal: SessionSeal
    ) {
        self.user = user
        self.name = name
        self.role = role
        self.passwordHash = passwordHash
        self.genres = genres
        self.createdAt = createdAt
        self.seal = seal
    }
}

/// What an account may do.
package enum AccountRole: String, Sendable, CaseIterable {
    /// What concerns itself.
    case user
}
