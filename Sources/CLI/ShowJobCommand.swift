import ArgumentParser
import Jobs
import ServiceRuntime
import Storage

/// Reads one job's record from Redis.
struct ShowJobCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a job as Redis has it.",
        discussion: "Redis is looked for where the services look for it: REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and so on.")

    @Argument(help: "The job's id, 26 characters.")
    var id: JobID

    @OptionGroup var options: OutputOptions

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let roles: RedisRoles
        do {
            roles = try RedisRoles(reading: Settings.environment)
        } catch {
            throw CommandFailure(error)
        }
        let storage = RedisStorage(roles, logger: Settings.silentLogger)
        let found: Result<JobRecord?, StorageError>
        do throws(StorageError) {
            found = .success(try await storage.record(of: id))
        } catch {
            found = .failure(error)
        }
        await storage.close()
        guard let record = try Self.record(found, of: id, on: roles[.cache]) else { return }
        let view = JobView(record: record)
        print(options.isJSON ? view.json.description : view.text)
    }

    private static func record(
        _ found: Result<JobRecord?, StorageError>, of id: JobID, on server: RedisConfiguration
    ) throws(CommandFailure) -> JobRecord? {
        switch found {
        case .success(let record?): return record
        case .success(nil):
            throw CommandFailure(
                .unusable, "there is no job \(id)", advice: "Jobs are kept for an hour after their last change.")
        case .failure(let error):
            throw CommandFailure(
                .failure, "Redis at \(server) did not answer: \(error.message)",
                advice: "Is it running there? REDIS_HOST and REDIS_PORT say where it is; kindred doctor looks closer.")
        }
    }
}

extension JobID: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}
