import Recommenders

/// Which algorithms a command works on, and with what parameters.
struct AlgorithmPlans {
    /// In the order in which algorithms are declared; without parameters the algorithm that has none.
    let plans: [(algorithm: Algorithm, parameters: ModelParameters?)]

    func parameters(of algorithm: Algorithm) -> ModelParameters? { plans.first { $0.algorithm == algorithm }?.parameters }

    /// - Parameters:
    ///   - algorithms: with their usual parameters; all of them when neither they nor files are given.
    ///   - ratings: those that are trained on.
    ///   - files: with parameters, which go before the usual ones.
    init(algorithms: [Algorithm], files: [String], for ratings: RatingMatrix) throws(CommandFailure) {
        var parameters: [Algorithm: ModelParameters] = [:]
        for file in files {
            let read = try ParameterFile.read(file, for: ratings)
            parameters[read.algorithm] = read
        }
        // Nothing is trending where no times are known.
        let all = Algorithm.allCases.filter { $0 != .trending || ratings.hasTimes }
        let named = algorithms.isEmpty && files.isEmpty ? all : algorithms
        plans = Algorithm.allCases.filter { named.contains($0) || parameters[$0] != nil }
            .map { ($0, parameters[$0] ?? ModelParameters(defaultsOf: $0, for: ratings)) }
    }
}
