import Recommenders

/// Predicts each rating of a stream before it is learned (prequential evaluation: Dawid 1984; for recommenders Vinagre, Jorge and Gama
/// 2014, "Evaluation of recommender systems in streaming environments").
///
/// The first part of the stream is there from the start. Of each later rating its item's place is taken among all items that its user
/// has not rated, the user's own ratings so far being known to every arm: what differs is what is known of all others. Where an arm
/// has nothing to say, popularity stands in, as it does in the service.
package struct OnlineEvaluator: Sendable {
    package let stream: RatingStream
    /// How many ratings are known at the start.
    package let start: Int
    /// Arms learn so many ratings at a time; those between are known to their users' profiles only.
    package var stride = 100
    /// So many ratings are predicted at most, drawn by `seed`; all are learned.
    package var predictions = Int.max
    /// How long a list is.
    package var cutoff = 10
    package var windows = 10
    package var seed: UInt64 = 1
    package var threads = Parallel.coreCount

    /// - Parameter trainingShare: of the ratings, above 0 and below 1.
    package init(_ stream: RatingStream, trainingShare: Double) {
        self.stream = stream
        start = min(max(Int(Double(stream.ratings.count) * trainingShare), 1), max(stream.ratings.count - 1, 0))
    }

    /// - Parameters:
    ///   - popularity: two arms, frozen and online: what stands in.
    ///   - progress: the share that is done.
    package func evaluate(
        _ contenders: [OnlineContender], popularity: [OnlineArm], progress: (Double) -> Void = { _ in }
    ) throws -> OnlineOutcome {
        let predicted = predictedPlaces
        var outcome = OnlineOutcome(contenders, evaluator: self, predicted: predicted)
        var profiles = [GrowingProfile](repeating: GrowingProfile(), count: stream.userCount)
        for rating in stream.ratings[..<start] { profiles[Int(rating.user)].add(rating) }
        var next = 0
        for first in Swift.stride(from: start, to: stream.ratings.count, by: stride) {
            let step = first..<min(first + stride, stream.ratings.count)
            // Ratings are predicted in parallel, each with the profile that its user had then.
            var trials: [OnlineTrial] = []
            for place in step {
                let rating = stream.ratings[place]
                if next < predicted.count, predicted[next] == place {
                    trials.append(
                        OnlineTrial(number: next, rating: rating, profile: profiles[Int(rating.user)].profile(of: rating.user)))
                    next += 1
                }
                profiles[Int(rating.user)].add(rating)
            }
            guard !trials.isEmpty else { continue }
            let standIns = try popularity.map { try $0.scorer(first) }
            let scorers = try contenders.map { contender in try contender.arms.map { try $0.scorer(first) } }
            let places = self.places(of: trials, scorers, standIns: standIns)
            for (trial, places) in zip(trials, places) { outcome.add(trial, places) }
            progress(Double(step.upperBound - start) / Double(stream.ratings.count - start))
        }
        return outcome
    }

    /// Ascending places in the stream.
    private var predictedPlaces: [Int] {
        let places = start..<stream.ratings.count
        guard predictions < places.count else { return Array(places) }
        return Array(places).sample(predictions, seed: seed).sorted()
    }

    /// By trial: the place of its item on each arm's list, arm after arm; nil where it is not on it.
    private func places(
        of trials: [OnlineTrial], _ scorers: [[any ItemScorer]], standIns: [any ItemScorer]
    ) -> [[Int?]] {
        let cutoff = cutoff
        return Parallel.map(trials.count, threads: threads) { number in
            let trial = trials[number]
            let stoodIn = standIns.map { Self.list(cutoff, $0, trial.profile) }
            if trial.profile.isEmpty { return stoodIn.map { $0.firstIndex(of: trial.rating.item) } }
            return scorers.flatMap { arms in
                arms.enumerated().map { arm, scorer in
                    let list = Self.list(cutoff, scorer, trial.profile)
                    let shown = list.isEmpty ? stoodIn[min(arm, stoodIn.count - 1)] : list
                    return shown.firstIndex(of: trial.rating.item)
                }
            }
        }
    }

    private static func list(_ count: Int, _ scorer: any ItemScorer, _ profile: Profile) -> [UInt32] {
        let best = try? scorer.best(count, for: profile, filter: nil)
        return (best ?? []).map(\.element)
    }
}

/// A rating that is to be predicted.
struct OnlineTrial: Sendable {
    /// Counted from 0 in the order of time.
    let number: Int
    let rating: RatingStream.Rating
    let profile: Profile
}
