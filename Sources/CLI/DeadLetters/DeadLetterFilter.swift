import Jobs
import Messaging
import Recommenders
import ServiceRuntime

/// Which dead letters are meant. What is nil or empty does not narrow it.
struct DeadLetterFilter {
    var ids: Set<String> = []
    var user: UserID?
    var kind: JobKind?
    var reason: String?
    var diedBefore: Timestamp?
    var diedSince: Timestamp?

    /// Matches any reason that RabbitMQ gives, and this one for what is no job.
    static let undecodable = "undecodable"

    func matches(_ letter: DeadLetter) -> Bool {
        if !ids.isEmpty, !ids.contains(where: letter.isCalled) { return false }
        if let user, !letter.jobs.contains(where: { $0.user == user }) { return false }
        if let kind, letter.jobs.first?.kind != kind { return false }
        if let reason, !has(letter, reason) { return false }
        if let diedBefore, letter.diedAt.map({ $0 >= diedBefore }) ?? true { return false }
        if let diedSince, letter.diedAt.map({ $0 < diedSince }) ?? true { return false }
        return true
    }

    private func has(_ letter: DeadLetter, _ reason: String) -> Bool {
        reason == Self.undecodable ? letter.jobs.isEmpty : Self.spelled(letter.death.reason.name) == Self.spelled(reason)
    }

    /// `delivery-limit` is `delivery_limit`.
    private static func spelled(_ reason: String) -> String { String(reason.map { $0 == "-" ? "_" : $0 }).lowercased() }
}
