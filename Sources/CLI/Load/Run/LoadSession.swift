import NIOCore
import NIOPosix

/// A generator on an event loop of its own, for callers that are elsewhere.
struct LoadSession: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    private let generator: NIOLoopBound<LoadGenerator>

    /// - Parameter logPath: where to write down ratings; see `RatingRecord`.
    init(_ settings: LoadSettings, _ target: LoadTarget, _ population: LoadPopulation, logPath: String? = nil) async throws {
        // One thread: the service shares the machine with it, and two threads would only wake each other.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        do {
            generator = try await loop.submit {
                let log = try logPath.map { path throws(CommandFailure) in try RatingRecord(path: path) }
                let generator = LoadGenerator(settings, target, population, log: log, loop: loop)
                return NIOLoopBound(generator, eventLoop: loop)
            }.get()
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        self.group = group
        self.loop = loop
    }

    func run(_ phase: LoadPhase) async throws -> LoadFigures {
        try await loop.flatSubmit { [generator] in generator.value.start(phase) }.get()
    }

    /// Ends the phase that runs within about a second.
    func stop() {
        loop.execute { [generator] in generator.value.stop() }
    }

    var snapshot: LoadSnapshot? {
        get async throws { try await loop.submit { [generator] in generator.value.snapshot }.get() }
    }

    func close() async {
        try? await loop.submit { [generator] in generator.value.close() }.get()
        try? await group.shutdownGracefully()
    }
}
