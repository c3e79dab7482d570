import Recommenders

/// Times lists of 20 for random users, one after the other in one thread, as a worker computes them.
struct QueryBenchmark {
    let engine: RecommendationEngine
    /// How many users are asked for, perhaps one of them twice.
    let count: Int
    let seed: UInt64

    struct Outcome {
        let algorithm: Algorithm
        let latencies: Latencies
        let cpuSeconds: Double
    }

    func run(_ algorithm: Algorithm) throws -> Outcome {
        let query = RecommendationQuery(count: 20, algorithm: algorithm)
        let profiles = users.map { engine.dataset.profile(of: engine.dataset.users[$0], overlaidWith: LiveProfile()) }
        // Scratch memory is allocated by the first call, and pages of the file are fetched by it.
        for profile in profiles.prefix(20) { _ = try engine.recommend(for: profile, query: query) }
        let clock = ContinuousClock()
        let began = ProcessUsage.now
        let durations = try profiles.map { profile in
            try clock.measure { _ = try engine.recommend(for: profile, query: query) }
        }
        return Outcome(
            algorithm: algorithm, latencies: Latencies(durations),
            cpuSeconds: ProcessUsage.now.cpuSeconds - began.cpuSeconds)
    }

    private var users: [UInt32] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in UInt32(generator.next(in: 0..<engine.dataset.users.count)) }
    }
}
