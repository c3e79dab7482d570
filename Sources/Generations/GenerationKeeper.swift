package import Logging
import Recommenders
import ServiceLifecycle
import ServiceRuntime
import Synchronization
import UnixSignals

/// What a process serves, made of the newest files that are sound. Whoever needs it asks once, and holds what it got until it is done.
///
/// It looks every few seconds whether there are other files, and at once on SIGHUP. They are opened, checked and made ready on a thread of
/// their own, and take the place of the old ones in one step, or are refused, and the old ones served on. Old files stay
/// mapped until nobody holds what was made of them.
package final class GenerationKeeper<Content: AnyObject & Sendable>: Service {
    package typealias Make = @Sendable (DataFiles) throws -> Content
    /// Gets what was made of new files, and what it is to take the place of, which is served until this returns.
    package typealias Prepare = @Sendable (_ new: Content, _ old: Content) async -> Void

    package enum Outcome: Equatable, Sendable {
        case unchanged
        /// There are other files, which may still be in the making.
        case changing
        case switched
        case refused
    }

    private struct State {
        var content: Content
        var facts: GenerationFacts
        /// What somebody may still hold.
        var retired: [Content] = []
        var lastSeen: FilesIdentity?
        var refused: FilesIdentity?
        var isLooking = false
    }

    private let places: DataPlaces
    private let interval: Duration
    private let logger: Logger
    private let make: Make
    private let prepare: Prepare
    private let state: Mutex<State>
    private let metrics = GenerationMetrics()

    /// Opens what is there. Models that cannot be used are left out, with a warning.
    ///
    /// - Parameters:
    ///   - interval: how often it looks for other files.
    ///   - prepare: what new content still has to do before it is served, besides being made. Nobody waits for it.
    /// - Throws: `StoredFileError` when the ratings file cannot be used, and what `make` throws.
    package init(
        _ places: DataPlaces, every interval: Duration, logger: Logger, prepare: @escaping Prepare = { _, _ in },
        make: @escaping Make
    ) throws {
        self.places = places
        self.interval = interval
        self.logger = logger
        self.make = make
        self.prepare = prepare
        let resolved = ResolvedPlaces(places)
        let identity = FilesIdentity(resolved)
        let files = try DataFiles(resolved)
        for (name, error) in files.unusable {
            logger.warning("Model is left out", metadata: [LogKey.model: "\(name)", LogKey.error: "\(error)"])
        }
        let facts = GenerationFacts(files, number: resolved.number, identity: identity)
        state = Mutex(State(content: try make(files), facts: facts))
        logger.info("Files are served", metadata: Self.metadata(facts, resolved, files))
        report()
    }

    package var content: Content { state.withLock { $0.content } }

    package var facts: GenerationFacts { state.withLock { $0.facts } }

    /// How many are in memory, with old ones that are still used.
    package var mappedCount: Int { state.withLock { 1 + $0.retired.count } }

    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { await self.look(isUrgent: true) }
                }
                while !Task.isCancelled {
                    try? await Task.sleep(for: interval)
                    await look()
                }
                group.cancelAll()
            }
        }
    }

    /// Looks for other files.
    ///
    /// - Parameter isUrgent: also tries those that are seen for the first time, or were refused.
    @discardableResult
    package func look(isUrgent: Bool = false) async -> Outcome {
        let isFree = state.withLock { state in
            defer { state.isLooking = true }
            return !state.isLooking
        }
        guard isFree else { return .unchanged }
        defer { state.withLock { $0.isLooking = false } }
        await release()
        defer { report() }
        let resolved = ResolvedPlaces(places)
        let identity = FilesIdentity(resolved)
        guard isWorthTrying(identity, isUrgent) else { return identity == facts.identity ? .unchanged : .changing }
        return await tryOut(resolved, identity)
    }

    /// Files are tried once they were the same twice, and not again when they were refused.
    private func isWorthTrying(_ identity: FilesIdentity, _ isUrgent: Bool) -> Bool {
        state.withLock { state in
            let wasSeen = state.lastSeen == identity
            state.lastSeen = identity
            if identity == state.facts.identity {
                state.refused = nil
                return false
            }
            return isUrgent || (wasSeen && identity != state.refused)
        }
    }

    private func tryOut(_ resolved: ResolvedPlaces, _ identity: FilesIdentity) async -> Outcome {
        let old = facts
        let result = await Background.run { [make] () -> Result<(Content, GenerationFacts, DataFiles), GenerationRefusal> in
            do {
                let files = try DataFiles(resolved)
                let facts = GenerationFacts(files, number: resolved.number, identity: identity)
                try facts.check(after: old, unusable: files.unusable)
                return .success((try make(files), facts, files))
            } catch let refusal as GenerationRefusal {
                return .failure(refusal)
            } catch let error as StoredFileError {
                return .failure(GenerationRefusal(.damaged, error.message))
            } catch {
                return .failure(GenerationRefusal(.incompatible, "\(error)"))
            }
        }
        if case .success(let (content, _, _)) = result { await prepare(content, self.content) }
        // What was replaced while it was opened is neither good nor bad.
        guard FilesIdentity(ResolvedPlaces(places)) == identity else { return .changing }
        switch result {
        case .success(let (content, facts, files)):
            state.withLock { state in
                state.retired.append(state.content)
                state.content = content
                state.facts = facts
                state.refused = nil
            }
            metrics.switched()
            logger.info("New files are served", metadata: Self.metadata(facts, resolved, files))
            return .switched
        case .failure(let refusal):
            state.withLock { $0.refused = identity }
            metrics.refuses(for: refusal.reason)
            logger.error(
                "New files are refused, the old ones are served on",
                metadata: [
                    LogKey.path: "\(resolved.ratingsFile)", LogKey.reason: "\(refusal.reason.rawValue)",
                    LogKey.error: "\(refusal)", LogKey.generation: "\(resolved.number ?? 0)",
                ])
            return .refused
        }
    }

    /// Lets go of what nobody holds any more: here, where giving back the memory keeps nobody waiting.
    private func release() async {
        let unused = state.withLock { state in
            var unused: [Content] = []
            var used: [Content] = []
            while var content = state.retired.popLast() {
                if isKnownUniquelyReferenced(&content) { unused.append(content) } else { used.append(content) }
            }
            state.retired = used.reversed()
            return unused
        }
        guard !unused.isEmpty else { return }
        await Background.release(consume unused)
    }

    private func report() {
        let (facts, isOfferedOther, count) = state.withLock { ($0.facts, $0.refused != nil, 1 + $0.retired.count) }
        metrics.serves(facts, isOfferedOther: isOfferedOther, mappedCount: count)
    }

    private static func metadata(_ facts: GenerationFacts, _ places: ResolvedPlaces, _ files: DataFiles) -> Logger.Metadata {
        [
            LogKey.path: "\(places.ratingsFile)", LogKey.count: "\(files.dataset.ratings.ratingCount)",
            LogKey.generation: "\(facts.number ?? 0)",
            LogKey.algorithms: "\(files.library.algorithms.map(\.rawValue).joined(separator: " "))",
        ]
    }
}
