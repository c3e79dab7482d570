import Recommenders

/// What answers, made of one generation of files. Whoever holds it while computing keeps these files in memory, and has them kept up to date.
final class ServedEngine: Sendable {
    let engine: RecommendationEngine
    /// Brings what users say to the engine; nil for one that learns nothing.
    let live: LiveFollower?

    init(_ engine: RecommendationEngine, live: LiveFollower? = nil) {
        self.engine = engine
        self.live = live
    }
}
