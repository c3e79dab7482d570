import ArgumentParser
import Evaluation
import Foundation
import Recommenders

/// A run of `kindred evaluate --online`.
struct OnlineEvaluation {
    let dataset: Dataset
    let options: OnlineOptions
    let cutoff: Int
    let seed: UInt64

    /// - Parameter algorithms: those asked for.
    func run(_ plans: (RatingMatrix) throws -> AlgorithmPlans) throws -> OnlineReport {
        let stream: RatingStream
        do {
            stream = try RatingStream(dataset.ratings, seed: seed)
        } catch {
            throw CommandFailure(.unusable, error.message, advice: "Evaluate without --online.")
        }
        var evaluator = OnlineEvaluator(stream, trainingShare: options.trainingShare)
        evaluator.stride = options.every
        evaluator.predictions = options.predictions
        evaluator.cutoff = cutoff
        evaluator.windows = options.windows
        evaluator.seed = seed
        let progress = PhaseProgress()
        defer { progress.end() }
        let training = stream.matrix(first: evaluator.start)
        let trainer = ContenderTrainer(scale: dataset.scale)
        let plans = try plans(training).plans
        let trained = try trainer.contenders(for: plans, on: training) { algorithm, share in
            progress.update("Training \(algorithm.rawValue)", fraction: share)
        }
        let overlay = StreamOverlay(stream, of: dataset, training: training, start: evaluator.start)
        let popularity = Popularity(ratings: training, scale: dataset.scale)
        let contenders = zip(plans, trained).map { plan, contender in
            var arms = [OnlineArm.frozen(contender.scorer)]
            if plan.algorithm.learnsWithoutTraining { arms.append(overlay.arm(contender.scorer)) }
            if let parameters = plan.parameters, plan.algorithm.needsModel, plan.algorithm != .blend {
                arms += options.retrainDays.map { days in
                    retrained(plan.algorithm, parameters, every: days, stream, evaluator.start, contender.scorer, trainer)
                }
            }
            return OnlineContender(name: contender.name, arms: arms)
        }
        let outcome = try evaluator.evaluate(contenders, popularity: [.frozen(popularity), overlay.arm(popularity)]) {
            progress.update("Replaying", fraction: $0)
        }
        return OnlineReport(
            outcome, dataset: DatasetSummary(dataset), evaluator: evaluator,
            command: ["kindred"] + CommandLine.arguments.dropFirst(), date: Date.now.formatted(.iso8601))
    }

    /// Trained anew when so many days have gone by, by the times of the ratings, with all that was rated by then.
    private func retrained(
        _ algorithm: Algorithm, _ parameters: ModelParameters, every days: Double, _ stream: RatingStream, _ start: Int,
        _ first: any ItemScorer, _ trainer: ContenderTrainer
    ) -> OnlineArm {
        var scorer = first
        var trainedAt = Double(stream.ratings[start].time)
        let period = days * 86_400
        return OnlineArm(name: "every \(days.formatted(.number.grouping(.never))) d") { count in
            let now = Double(stream.ratings[count - 1].time)
            guard now - trainedAt >= period else { return scorer }
            trainedAt = now
            let contenders = try trainer.contenders(for: [(algorithm, parameters)], on: stream.matrix(first: count))
            scorer = contenders[0].scorer
            return scorer
        }
    }
}

extension Algorithm {
    /// Whether its lists follow what others rate before anything is trained again.
    fileprivate var learnsWithoutTraining: Bool {
        switch self {
        case .userNeighbors, .popularity, .trending, .implicitALS, .blend: true
        case .classic, .itemNeighbors, .ease, .graphFilter: false
        }
    }
}
