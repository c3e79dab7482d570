import Recommenders

/// What answers, made of one generation of files. Whoever holds it while computing keeps these files in memory.
final class ServedEngine: Sendable {
    let engine: RecommendationEngine

    init(_ engine: RecommendationEngine) {
        self.engine = engine
    }
}
