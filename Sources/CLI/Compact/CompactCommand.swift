import ArgumentParser
import Foundation
import Generations
import Messaging
import Recommenders
import ServiceRuntime
import Storage

/// Folds what users said since into the ratings file, so that all who learn from others' ratings learn from theirs.
struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Make a new ratings file of the old one and what users said since.",
        discussion: """
            What was said is read from the stream ratings.log, from where the old file ends. New users and items come in, ratings that were taken \
            back or dismissed go, and the result is what importing all of it would give. Gateways and workers go over to the new file while they \
            run. Models still fit unless there are new items; kindred train brings them up to date.

            Do it more often than RabbitMQ forgets (RABBITMQ_LOG_RETENTION); kindred doctor says how much time is left. Doing it twice harms \
            nothing. What new items are is asked of Redis, where that can be reached. Memory does not grow with ratings or log: it takes some 100 MiB, and on the disk twice the file for a while.
            """)

    @Option(help: "The old ratings file. (default: RATINGS_FILE, or what is current in DATA_FOLDER)", completion: .file())
    var ratings: String?

    @Option(
        name: .shortAndLong,
        help: "The ratings file to write. (default: a new generation in DATA_FOLDER, or in the place of the old one)",
        completion: .file())
    var output: String?

    @Option(help: ArgumentHelp("Begin there: first, or an offset. (default: where the old file ends)", valueName: "place"))
    var from: LogPlace?

    @Flag(help: "Go on though entries are gone that are not in the old file.")
    var allowGap = false

    @OptionGroup var options: OutputOptions

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let began = ContinuousClock.now
        let generation = ratings == nil ? Settings.generations?.current : nil
        let path = ratings ?? generation.flatMap { Settings.generations?.ratingsFile(of: $0) } ?? Settings.ratingsFile
        let base: Dataset
        do { base = try RatingsFileReader.read(path) } catch { throw CommandFailure(error) }
        let start: Int64? = from.map { $0.offset } ?? base.logOffset
        let session = CompactionSession(configuration: try Settings.rabbitMQ(), start: start, allowsGap: allowGap)
        var compaction = RatingsCompaction(of: base, scratch: scratchFolder(for: path))
        var summary = CompactSummary(path: path, base: base)
        do {
            summary.log = try await session.run { entry in
                if let user = entry.removedUser { compaction.remove(user) }
                guard let ratings = entry.ratings else { return }
                for update in ratings.updates { try compaction.add(update, of: ratings.user) }
            }
            if summary.log.nextOffset != nil {
                summary.isMissingDescriptions = !(await describeItems(&compaction))
                let (dataset, counts) = try compaction.finish(logOffset: summary.log.nextOffset)
                summary.counts = counts
                summary.result = dataset
                summary.path = try Publication.write(dataset, to: output ?? (ratings == nil ? nil : path), madeFrom: generation)
            }
        } catch let error as StoredFileError {
            throw CommandFailure(error)
        }
        summary.duration = .now - began
        print(options.isJSON ? summary.json.description : summary.text)
    }

    /// Without Redis, items that are new have their id for a title until the next time.
    private func describeItems(_ compaction: inout RatingsCompaction) async -> Bool {
        guard let roles = try? RedisRoles(reading: Settings.environment) else { return false }
        let storage = RedisStorage(roles, logger: Settings.silentLogger)
        let items = try? await storage.addedItems(unlessAt: "")
        await storage.close()
        guard let items else { return false }
        compaction.describe(items.entries)
        return true
    }

    /// Beside what is written, where there has to be room for it anyway.
    private func scratchFolder(for path: String) -> String {
        if output == nil, ratings == nil, let data = Settings.generations { return data.path }
        return URL(filePath: output ?? path).resolvingSymlinksInPath().deletingLastPathComponent().path(percentEncoded: false)
    }
}

/// `first`, or an offset.
enum LogPlace: ExpressibleByArgument, Equatable {
    case first
    case at(Int64)

    init?(argument: String) {
        if argument == "first" {
            self = .first
        } else if let offset = Int64(argument), offset >= 0 {
            self = .at(offset)
        } else {
            return nil
        }
    }

    /// nil for the oldest that is kept.
    var offset: Int64? {
        if case .at(let offset) = self { offset } else { nil }
    }
}
