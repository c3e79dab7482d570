import ArgumentParser
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// Brings the profiles in Redis up to what the stream of ratings says.
struct ReplayRatingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Apply the ratings of the last days to Redis again.",
        discussion: """
            After Redis has lost data: RabbitMQ keeps every rating of the last 30 days in the stream ratings.log.

              kindred ratings replay --since first          Redis is empty
              kindred ratings replay --since 15m            another Redis took over, which may lack the last minutes

            Give a time before the loss rather than after it. Versions decide, so replaying too much, twice, or while the service runs \
            changes nothing that is newer. Whoever has deleted the account since is removed again, with whatever a backup brought back. \
            Lists and jobs are not brought back; a user's list is computed anew with the next request.
            """)

    @Option(
        help: ArgumentHelp("Where to begin: 15m, 2h, 3d (ago), 2026-11-23T10:00:00Z, first, or an offset.", valueName: "place"))
    var since: ReplayStart

    @Option(help: ArgumentHelp("Where to end: a time, or an offset. (default: what is there at the start)", valueName: "place"))
    var until: ReplayStart?

    @Option(help: ArgumentHelp("Only this user's ratings.", valueName: "id"))
    var user: String?

    @Flag(help: "Only count what would change.")
    var dryRun = false

    @OptionGroup var options: OutputOptions

    func validate() throws {
        if until == .first { throw ValidationError("--until first leaves nothing to replay.") }
        if let user { guard (try? UserID(user)) != nil else { throw ValidationError("--user is no user's id.") } }
    }

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let rabbitMQ = try Settings.rabbitMQ()
        let redis: RedisConfiguration
        do { redis = try RedisConfiguration(reading: Settings.environment) } catch { throw CommandFailure(error) }
        let storage = RedisStorage(redis, logger: Settings.silentLogger)
        var replay = RatingReplay(profiles: storage, accounts: storage, user: user.flatMap { try? UserID($0) })
        replay.isDryRun = dryRun
        if case .moment(let moment) = until { replay.until = moment.timestamp() }
        var last: Int?
        if case .offset(let offset) = until { last = offset }
        let session = ReplaySession(configuration: rabbitMQ, start: since.place, lastOffset: last, replay: replay)
        let result: Result<ReplaySession.Summary, any Error>
        do { result = .success(try await session.run()) } catch { result = .failure(error) }
        await storage.close()
        let summary = try result.get()
        print(options.isJSON ? summary.json.description : summary.text(isDryRun: dryRun))
    }
}
