import Recommenders

/// Says what to try next. The same seed and the same answers give the same candidates.
struct CandidateSource {
    private let space: [SearchParameter]
    private let strategy: SearchStrategy
    private let trials: Int
    private var generator: SplitMix64
    private var proposed: Set<ParameterSet> = []
    private var step = 0.25
    private var waiting: [ParameterSet] = []
    private var center: ParameterSet?

    /// - Parameter trials: how many there may be in all.
    init(_ space: [SearchParameter], strategy: SearchStrategy, trials: Int, seed: UInt64) {
        self.space = space
        self.strategy = strategy
        self.trials = trials
        generator = SplitMix64(seed: seed)
    }

    /// - Parameter best: the best so far; nil before the first.
    /// - Returns: nil when nothing new is left to be tried.
    mutating func next(best: ParameterSet?) -> ParameterSet? {
        guard let best else {
            let initial = Dictionary(space.map { ($0.name, $0.initial) }) { first, _ in first }
            proposed.insert(initial)
            return initial
        }
        return strategy == .random ? nextRandom(best) : nextNeighbor(best)
    }

    private mutating func nextRandom(_ best: ParameterSet) -> ParameterSet? {
        let done = proposed.count
        let first = max(trials / 3, 1)
        for _ in 0..<100 {
            var candidate = best
            if done <= first {
                for parameter in space { candidate[parameter.name] = parameter.random(using: &generator) }
            } else {
                // From a quarter of the range down to a fiftieth.
                let reach = 0.25 * max(1 - Double(done - first) / Double(max(trials - first, 1)), 0.08)
                for parameter in space {
                    guard let value = best[parameter.name] else { continue }
                    candidate[parameter.name] = parameter.random(near: value, reach: reach, using: &generator)
                }
            }
            if proposed.insert(candidate).inserted { return candidate }
        }
        return nil
    }

    private mutating func nextNeighbor(_ best: ParameterSet) -> ParameterSet? {
        if best != center {
            center = best
            waiting = neighbors(of: best, step: step)
        }
        while true {
            while !waiting.isEmpty {
                let candidate = waiting.removeFirst()
                if proposed.insert(candidate).inserted { return candidate }
            }
            guard step > 0.01 else { return nil }
            step /= 2
            waiting = neighbors(of: best, step: step)
        }
    }

    private func neighbors(of center: ParameterSet, step: Double) -> [ParameterSet] {
        space.flatMap { parameter in
            parameter.neighbors(of: center[parameter.name] ?? parameter.initial, step: step).map { value in
                var candidate = center
                candidate[parameter.name] = value
                return candidate
            }
        }
    }
}
