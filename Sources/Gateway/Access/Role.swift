/// What somebody is to this server.
enum Role: String, CaseIterable, Sendable {
    /// Who sends no token: a guest.
    case nobody
    /// Who logged in, and may do what concerns itself.
    case user
    /// A trusted frontend, which speaks for any user.
    case service
    /// Who looks after the jobs, and sees nothing of users' ratings.
    case `operator`
}
