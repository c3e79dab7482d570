import ArgumentParser
import Foundation
import ServiceRuntime
import UnixSignals

/// Puts a service under load, and says how it bore it.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Put a service under load, and measure how long its answers take.",
        discussion: """
            Requests are due at fixed moments, whether or not the service is fast enough, and their times count from those moments: a \
            service that stalls is charged with every request that came meanwhile. Users are made up (see --prefix); items are the \
            service's own. A key is taken from KINDRED_API_KEY, or from the file that KINDRED_API_KEY_FILE names.

              kindred load --rate 200 --duration 30
              kindred load --mix rate=1 --rate 1000 --json
              kindred load --steps 10 --limit 50
              kindred load --max --connections 32
            """)

    @Option(help: ArgumentHelp("Where the service is.", valueName: "url"))
    var url = "http://127.0.0.1:8080"

    @Option(
        help: ArgumentHelp(
            "The key of the API. Others on the machine can see it here; better in KINDRED_API_KEY.", valueName: "key"))
    var key: String?

    @Option(help: ArgumentHelp("Requests a second. With --steps: the first try.", valueName: "count"))
    var rate = 100.0

    @Option(help: ArgumentHelp("How long, such as 10, 90s or 5m. With --steps: each step.", valueName: "seconds"))
    var duration = LoadSeconds(.seconds(10))

    @Option(help: ArgumentHelp("Before that, so long without counting.", valueName: "seconds"))
    var warmUp = LoadSeconds(.seconds(2))

    @Flag(help: "As much as the connections take, to find the maximum. Latencies are not honest then.")
    var max = false

    @Option(help: ArgumentHelp("Find the highest rate that holds, in so many steps at most.", valueName: "count"))
    var steps: Int?

    @Option(
        help: ArgumentHelp("With --steps: 99 % of requests and of jobs may take so many milliseconds.", valueName: "milliseconds")
    )
    var limit = 100.0

    @Option(
        help: ArgumentHelp("Write every rating that is sent and the answer to it to a file, as JSON lines.", valueName: "file"),
        completion: .file())
    var record: String?

    @Flag(help: "Exit with 1 if a request failed or a followed job did not succeed.")
    var failOnErrors = false

    @OptionGroup(title: "What is asked") var content: LoadContentOptions

    @OptionGroup(title: "How") var connection: LoadConnectionOptions

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard rate >= 0.1, rate <= 1e6 else { throw ValidationError("--rate is 0.1 to 1000000 requests a second.") }
        guard duration.duration > .zero else { throw ValidationError("--duration is more than 0.") }
        guard limit > 0 else { throw ValidationError("--limit is more than 0 milliseconds.") }
        guard steps.map({ 1...100 ~= $0 }) ?? true else { throw ValidationError("--steps is 1 to 100.") }
        guard !max || steps == nil else { throw ValidationError("--max and --steps exclude each other.") }
    }

    func run() async throws {
        Telemetry.ignoreBrokenPipes()
        let target = try target()
        let population = try await ServiceSurvey.run(
            target, itemCount: content.items, userCount: content.users, prefix: content.prefix,
            needsJob: content.mix.contains(.job), timeout: connection.timeout.duration)
        let session = try await LoadSession(settings, target, population, logPath: record)
        let isSound: Bool
        do {
            isSound = try await LoadCommand.untilInterrupted(session) {
                if let steps {
                    try await climb(steps, session, target, population)
                } else {
                    try await measure(session, target, population)
                }
            }
        } catch {
            await session.close()
            throw error
        }
        await session.close()
        if failOnErrors, !isSound { throw ExitCode(CommandFailure.Code.failure.rawValue) }
    }

    /// - Throws: `CommandFailure` with what to do.
    func target() throws(CommandFailure) -> LoadTarget {
        let key: String?
        do throws(ConfigurationError) { key = if let given = self.key { given } else { try Settings.apiKey } } catch {
            throw CommandFailure(error)
        }
        do throws(LoadTarget.Problem) {
            return try LoadTarget(url: url, key: key)
        } catch {
            throw Self.failure(error, url: url)
        }
    }

    private static func failure(_ problem: LoadTarget.Problem, url: String) -> CommandFailure {
        switch problem {
        case .notURL:
            CommandFailure(
                .unusable, "\(url.onOneLine) is no address of a service", advice: "Such as --url http://127.0.0.1:8080.")
        case .encrypted:
            CommandFailure(
                .unusable, "https is not spoken here: encrypting would cost the generator more than the request",
                advice: "Go through a proxy on this machine that does (stunnel, Envoy, nginx), with --url http://127.0.0.1:PORT.")
        }
    }

    var settings: LoadSettings {
        var settings = LoadSettings()
        settings.arrivals = content.arrivals
        settings.mix = content.mix
        settings.seed = content.seed
        settings.skew = content.skew
        settings.connections = connection.connections
        settings.timeout = connection.timeout.duration
        settings.drain = connection.drain.duration
        settings.follow = connection.follow?.value ?? defaultFollow
        settings.followBy = connection.followBy
        settings.followers = connection.followers
        return settings
    }

    /// All, but at most 200 a second: following is load, too.
    private var defaultFollow: Double {
        if max { return 0.05 }
        let jobs = rate * content.mix.jobShare * (steps == nil ? 1 : 10)
        return jobs > 200 ? 200 / jobs : 1
    }

    private func measure(_ session: LoadSession, _ target: LoadTarget, _ population: LoadPopulation) async throws -> Bool {
        let phase = LoadPhase(
            pace: max ? .closed(count: settings.connections) : .open(rate: rate), warmUp: warmUp.duration,
            duration: duration.duration)
        let report = LoadReport(
            settings: settings, target: target, population: population, phase: phase,
            figures: try await session.runDrawing(phase))
        print(options.isJSON ? report.json.description : report.text)
        return report.figures.errorCount == 0 && report.figures.areJobsSound
    }

    private func climb(
        _ count: Int, _ session: LoadSession, _ target: LoadTarget, _ population: LoadPopulation
    ) async throws -> Bool {
        var search = CapacitySearch(start: rate, maximumSteps: count)
        var steps: [CapacityStep] = []
        while let rate = search.next() {
            let phase = LoadPhase(pace: .open(rate: rate), warmUp: warmUp.duration, duration: duration.duration)
            let step = CapacityStep(rate: rate, figures: try await session.runDrawing(phase), limit: limit)
            guard !step.figures.wasInterrupted else { break }
            if StandardError.isTerminal {
                StandardError.write("\(rate.rounded(toDigits: 0)) a second: \(step.reason ?? "held")\n")
            }
            search.record(rate, wasHeld: step.wasHeld)
            steps.append(step)
        }
        let report = CapacityReport(
            settings: settings, target: target, population: population, limit: limit, steps: steps,
            phase: LoadPhase(pace: .open(rate: rate), warmUp: warmUp.duration, duration: duration.duration))
        print(options.isJSON ? report.json.description : report.text)
        return report.held != nil
    }

    /// Ctrl-C ends what runs, and what was measured until then is told.
    private static func untilInterrupted<Outcome: Sendable>(
        _ session: LoadSession, _ work: () async throws -> Outcome
    ) async throws -> Outcome {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let watch = Task {
            for await _ in signals { session.stop() }
        }
        defer { watch.cancel() }
        return try await work()
    }
}

extension LoadSession {
    /// With a line on the terminal that says how it stands.
    func runDrawing(_ phase: LoadPhase) async throws -> LoadFigures {
        let drawing = Task { await LiveLine.draw(self, phase) }
        let outcome: Result<LoadFigures, any Error>
        do { outcome = .success(try await run(phase)) } catch { outcome = .failure(error) }
        drawing.cancel()
        await drawing.value
        return try outcome.get()
    }
}
