import ArgumentParser
import Jobs
import Recommenders
import ServiceRuntime

/// The options by which dead letters are chosen.
struct DeadLetterSelection: ParsableArguments {
    @Option(
        name: .customLong("id"),
        help: ArgumentHelp("Only this one, as the list names it. May be repeated: any of them.", valueName: "id"))
    var ids: [String] = []

    @Option(help: ArgumentHelp("Only jobs of this user.", valueName: "id"))
    var user: String?

    @Option(help: "Only jobs of this kind.")
    var kind: JobKind?

    @Option(
        help: ArgumentHelp(
            "Only what died of this: delivery_limit, rejected, or undecodable for what is no job.", valueName: "reason"))
    var reason: String?

    @Option(help: ArgumentHelp("Only what died earlier than this: 15m, 2h, 3d, or 2026-11-23T10:00:00Z.", valueName: "time"))
    var olderThan: MomentArgument?

    @Option(help: ArgumentHelp("Only what died since: 15m, 2h, 3d, or 2026-11-23T10:00:00Z.", valueName: "time"))
    var since: MomentArgument?

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit: Int?

    @Flag(help: "All of them.")
    var all = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is \(limit); it must be at least 1.") }
        if let user { guard (try? UserID(user)) != nil else { throw ValidationError("--user is no user's id.") } }
    }

    /// Whether anything says which ones are meant.
    var isMade: Bool {
        all || !ids.isEmpty || user != nil || kind != nil || reason != nil || olderThan != nil || since != nil
    }

    func filter(now: Timestamp = .now) -> DeadLetterFilter {
        DeadLetterFilter(
            ids: Set(ids), user: user.flatMap { try? UserID($0) }, kind: kind, reason: reason,
            diedBefore: olderThan?.timestamp(now: now), diedSince: since?.timestamp(now: now))
    }

    func demandChoice() throws {
        guard isMade else { throw ValidationError("Which ones? Give --id, --user or another option, or --all.") }
    }
}

extension JobKind: ExpressibleByArgument {}
