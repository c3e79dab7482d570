extension ModelParameters {
    /// Why they cannot be used, in a few words; nil when they can. Parameters come from files and options, so that anything may be in them.
    package var problem: String? {
        var checks = ParameterChecks()
        switch self {
        case .userNeighbors(let parameters): checks.check(parameters)
        case .itemNeighbors(let parameters): checks.check(parameters)
        case .ease(let parameters): checks.check(parameters)
        case .implicitALS(let parameters): checks.check(parameters)
        case .graphFilter(let parameters): checks.check(parameters)
        case .popularity(let parameters): checks.check(parameters)
        case .trending(let parameters): checks.check(parameters)
        case .blend(let parameters): checks.check(parameters)
        }
        return checks.problem
    }
}

/// Finds the first parameter that is out of its range.
private struct ParameterChecks {
    private(set) var problem: String?

    private mutating func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) {
        guard problem == nil, !range.contains(value) else { return }
        problem = "\(name) is \(value), and has to be from \(range.lowerBound) to \(range.upperBound)"
    }

    private mutating func require(_ name: String, _ value: Double, in range: ClosedRange<Double>) {
        guard problem == nil, !range.contains(value) else { return }
        problem = "\(name) is \(value), and has to be from \(range.lowerBound) to \(range.upperBound)"
    }

    private mutating func check(_ recency: Recency) {
        if let halfLife = recency.halfLife { require("recency.halfLife", halfLife, in: 1e-3...1e6) }
    }

    private mutating func check(_ closeness: Closeness) {
        if let halfLife = closeness.halfLife { require("closeness.halfLife", halfLife, in: 1e-3...1e6) }
        require("closeness.reach", closeness.reach, in: 1...100_000)
    }

    private mutating func check(_ opinion: Opinion) { require("opinion.lowest", opinion.lowest, in: -10...10) }

    private static let anyCount = 1...Int(UInt32.max)
    private static let exponents = -4.0...4.0

    mutating func check(_ parameters: UserNeighborParameters) {
        require("neighbours", parameters.neighbours, in: 1...100_000)
        require("minimumOverlap", parameters.minimumOverlap, in: Self.anyCount)
        require("shrinkage", parameters.shrinkage, in: 0...1e9)
        if let candidates = parameters.candidates { require("candidates", candidates, in: Self.anyCount) }
        if let latest = parameters.latest { require("latest", latest, in: Self.anyCount) }
        require("lengthExponent", parameters.lengthExponent, in: Self.exponents)
        require("popularityExponent", parameters.popularityExponent, in: Self.exponents)
        switch parameters.order {
        case .agreement(let similarityPower): require("similarityPower", similarityPower, in: 0...64)
        case .match(let leastShare): require("leastShare", leastShare, in: -1e6...1e6)
        }
        if let succession = parameters.succession {
            require("succession.range", succession.range, in: 1...100_000)
            require("succession.boost", succession.boost, in: 0...1e6)
        }
        check(parameters.recency)
    }

    mutating func check(_ parameters: ItemNeighborParameters) {
        require("neighbours", parameters.neighbours, in: 1...100_000)
        require("shrinkage", parameters.shrinkage, in: 0...1e9)
        require("power", parameters.power, in: 0...64)
        require("userDamping", parameters.userDamping, in: Self.exponents)
        require("sourceDamping", parameters.sourceDamping, in: Self.exponents)
        require("targetDamping", parameters.targetDamping, in: Self.exponents)
        check(parameters.closeness)
        check(parameters.recency)
    }

    mutating func check(_ parameters: EASEParameters) {
        require("items", parameters.items, in: Self.anyCount)
        require("regularization", parameters.regularization, in: 1e-6...1e12)
        require("weightsPerItem", parameters.weightsPerItem, in: Self.anyCount)
        check(parameters.opinion)
        check(parameters.closeness)
        check(parameters.recency)
    }

    mutating func check(_ parameters: GraphFilterParameters) {
        require("components", parameters.components, in: 1...10_000)
        require("lowPass", parameters.lowPass, in: -1e6...1e6)
        require("sharpening", parameters.sharpening, in: -1e3...1e3)
        require("userDamping", parameters.userDamping, in: Self.exponents)
        require("sourceDamping", parameters.sourceDamping, in: Self.exponents)
        require("targetDamping", parameters.targetDamping, in: Self.exponents)
        require("weightsPerItem", parameters.weightsPerItem, in: Self.anyCount)
        check(parameters.opinion)
        check(parameters.closeness)
        check(parameters.recency)
    }

    mutating func check(_ parameters: ImplicitALSParameters) {
        require("dimensions", parameters.dimensions, in: 8...1024)
        if problem == nil, parameters.dimensions % ItemFactors.blockSize != 0 {
            problem = "dimensions is \(parameters.dimensions), and has to be a multiple of \(ItemFactors.blockSize)"
        }
        require("iterations", parameters.iterations, in: 1...1000)
        require("unobservedWeight", parameters.unobservedWeight, in: 1e-9...1e6)
        require("regularization", parameters.regularization, in: 1e-9...1e9)
        require("regularizationExponent", parameters.regularizationExponent, in: Self.exponents)
        check(parameters.opinion)
        check(parameters.recency)
    }

    mutating func check(_ parameters: PopularityParameters) {
        if let halfLife = parameters.halfLifeDays { require("halfLifeDays", halfLife, in: 1e-3...1e6) }
    }

    mutating func check(_ parameters: TrendingParameters) {
        require("halfLifeDays", parameters.halfLifeDays, in: 1e-3...1e6)
    }

    mutating func check(_ parameters: BlendParameters) {
        for (algorithm, weight) in parameters.weights.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            require("weights.\(algorithm.rawValue)", Double(weight), in: 0...1e6)
        }
        if problem == nil, parameters.parts.isEmpty { problem = "no algorithm has a weight" }
    }
}
