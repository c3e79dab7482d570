/// The algorithms that can answer over one data set: those that need no model, and those whose model was trained.
package struct ModelLibrary: Sendable {
    package let dataset: Dataset
    /// What answers for user-neighbors and the classic order.
    let userNeighbors: UserNeighborRecommender
    /// What diversity goes by.
    let itemSimilarity: ItemSimilarity
    private let parameters: [Algorithm: ModelParameters]
    private let scorers: [Algorithm: any ItemScorer]
    /// - Parameters:
    ///   - models: at most one of an algorithm, all for this data set.
    ///   - similarItems: for each item the items most like it; nil where they were not trained, so that genres say what is alike.
    /// - Complexity: O(ratings + items log items), without what models take.
    package init(dataset: Dataset, models: [TrainedModel] = [], similarItems: ItemWeights? = nil) {
        self.dataset = dataset
        itemSimilarity = similarItems.map { ItemSimilarity(table: $0) } ?? ItemSimilarity(genresOf: dataset.catalogue)
        let factory = ScorerFactory(ratings: dataset.ratings, scale: dataset.scale)
        userNeighbors = factory.userNeighbors
        var parameters: [Algorithm: ModelParameters] = [:]
        var scorers: [Algorithm: any ItemScorer] = [:]
        for algorithm in Algorithm.allCases where !algorithm.needsModel && algorithm != .classic {
            parameters[algorithm] = ModelParameters(defaultsOf: algorithm, for: dataset.ratings)
        }
        for model in models {
            parameters[model.algorithm] = model.parameters
            scorers[model.algorithm] = factory.scorer(of: model)
        }
        for (algorithm, parameters) in parameters where scorers[algorithm] == nil {
            scorers[algorithm] = factory.scorer(
                of: TrainedModel(parameters: parameters, content: .parametersOnly, itemsFingerprint: 0))
        }
        if case .blend(let blend) = parameters[.blend] { scorers[.blend] = factory.blend(blend, of: scorers) }
        self.parameters = parameters
        self.scorers = scorers
    }

    /// Those that can answer, in the order in which they are declared.
    package var algorithms: [Algorithm] { Algorithm.allCases.filter { $0 == .classic || scorers[$0] != nil } }

    /// - Returns: nil when the algorithm's model, or one that it is made of, is not there. The classic order scores no items.
    package func scorer(of algorithm: Algorithm) -> (any ItemScorer)? { scorers[algorithm] }

    /// Works out what models make of live ratings, for those who ask from then on. Takes a while, one core, and the right moment.
    ///
    /// - Parameter isStopped: asked now and then, on any thread.
    /// - Returns: whether anything was to be done, and was.
    package func refresh(by live: LiveState, isStopped: @Sendable () -> Bool = { false }) -> Bool {
        (scorers[.implicitALS] as? ImplicitALSRecommender)?.live?.refresh(by: live, isStopped: isStopped) ?? false
    }

    /// The defaults with what they leave to the tuned parameters.
    ///
    /// - Throws: when requests that name no algorithm would get one that cannot answer.
    package func completed(_ defaults: RecommendationDefaults) throws(MissingModel) -> RecommendationDefaults {
        guard algorithms.contains(defaults.algorithm) else { throw MissingModel(algorithm: defaults.algorithm) }
        var defaults = defaults
        defaults.similarity = defaults.similarity ?? userNeighborParameters.similarity
        defaults.neighbours = defaults.neighbours ?? userNeighborParameters.neighbours
        return defaults
    }

    package var userNeighborParameters: UserNeighborParameters {
        guard case .userNeighbors(let parameters) = parameters[.userNeighbors] else { return .classic }
        return parameters
    }
}
