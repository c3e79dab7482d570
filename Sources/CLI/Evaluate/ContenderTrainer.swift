import Evaluation
import Recommenders
import Training

/// Trains algorithms on the training part of a split.
struct ContenderTrainer {
    var trainer = ModelTrainer()
    let scale: RatingScale

    /// - Parameters:
    ///   - plans: nil stands for the algorithm `classic`, which has nothing to set.
    ///   - progress: what is being trained, and how far it is.
    func contenders(
        for plans: [(algorithm: Algorithm, parameters: ModelParameters?)], on ratings: RatingMatrix,
        progress: @escaping @Sendable (Algorithm, Double) -> Void = { _, _ in }
    ) throws(CommandFailure) -> [Contender] {
        var contenders: [Algorithm: Contender] = [:]
        // A blend is made of others, which are trained with their usual parameters where they are not asked for themselves.
        var plans = plans
        for case (_, .blend(let blend)) in plans {
            for part in blend.parts where !plans.contains(where: { $0.algorithm == part.algorithm }) {
                plans.append((part.algorithm, ModelParameters(defaultsOf: part.algorithm, for: ratings)))
            }
        }
        for (algorithm, parameters) in plans {
            if case .blend = parameters { continue }
            contenders[algorithm] = try contender(algorithm, parameters, on: ratings) { progress(algorithm, $0) }
        }
        for case (_, .blend(let blend)) in plans {
            let factory = ScorerFactory(ratings: ratings, scale: scale)
            guard let scorer = factory.blend(blend, of: contenders.mapValues(\.scorer)) else {
                throw CommandFailure(
                    .unusable, "the blend has no parts", advice: "Name at least one algorithm in its parameters.")
            }
            let seconds = blend.parts.reduce(0) { $0 + (contenders[$1.algorithm]?.trainingSeconds ?? 0) }
            contenders[.blend] = Contender(
                name: Algorithm.blend.rawValue, scorer: scorer, parameters: ModelParameters.blend(blend).values,
                trainingSeconds: seconds)
        }
        return plans.compactMap { contenders[$0.algorithm] }
    }

    /// The same algorithms with lists that are varied, by the items most like each one as the training ratings have them.
    ///
    /// - Parameter length: of the lists.
    func diversified(
        _ contenders: [Contender], at diversities: [Double], length: Int, on ratings: RatingMatrix
    ) throws(CommandFailure) -> [Contender] {
        guard !diversities.isEmpty else { return [] }
        let similarity: ItemSimilarity
        do throws(TrainingError) {
            let trained = try trainer.train(.itemNeighbors(.alike), on: ratings, scale: scale)
            guard case .itemWeights(let table) = trained.content else { return [] }
            similarity = ItemSimilarity(table: table)
        } catch {
            throw CommandFailure(error)
        }
        return contenders.flatMap { contender in
            diversities.map { diversity in
                let scorer = DiversifiedScorer(contender.scorer, diversity: diversity, similarity: similarity, length: length)
                return Contender(
                    name: "\(contender.name), diversity \(diversity)", scorer: scorer,
                    predictor: contender.predictor, parameters: contender.parameters, trainingSeconds: contender.trainingSeconds)
            }
        }
    }

    private func contender(
        _ algorithm: Algorithm, _ parameters: ModelParameters?, on ratings: RatingMatrix,
        progress: @escaping @Sendable (Double) -> Void
    ) throws(CommandFailure) -> Contender {
        guard let parameters else {
            return Contender(
                name: algorithm.rawValue, scorer: ClassicScorer(ratings: ratings, scale: scale))
        }
        let began = ContinuousClock.now
        do throws(TrainingError) {
            let trained = try trainer.train(parameters, on: ratings, scale: scale, progress: progress)
            let model = TrainedModel(parameters: parameters, content: trained.content, itemsFingerprint: 0)
            guard let scorer = ScorerFactory(ratings: ratings, scale: scale).scorer(of: model) else {
                throw TrainingError(.unsolvable, "\(algorithm.rawValue) cannot be trained")
            }
            return Contender(
                name: algorithm.rawValue, scorer: scorer, predictor: scorer as? any RatingPredictor,
                parameters: parameters.values, trainingSeconds: (.now - began) / .seconds(1))
        } catch {
            throw CommandFailure(error)
        }
    }
}
