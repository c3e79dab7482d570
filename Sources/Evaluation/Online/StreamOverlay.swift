package import Recommenders

/// Lays the ratings of a stream over the first of them, as a worker lays those of the log over its ratings file.
package final class StreamOverlay {
    private let stream: RatingStream
    private let live: LiveRatings
    private let dataset: Dataset
    private var known: Int

    /// - Parameters:
    ///   - dataset: that of the stream.
    ///   - training: the stream's first `start` ratings.
    package init(_ stream: RatingStream, of dataset: Dataset, training: RatingMatrix, start: Int) {
        self.stream = stream
        self.dataset = dataset
        known = start
        let base = Dataset(
            name: dataset.name, scale: dataset.scale, users: dataset.users, items: dataset.items, ratings: training,
            catalogue: dataset.catalogue)
        live = LiveRatings(over: base, limits: LiveLimits(ratings: stream.ratings.count))
    }

    /// What is known when `count` ratings are; no fewer than the last time.
    package func state(first count: Int) -> LiveState {
        live.apply((known..<max(known, count)).map { place in
            let rating = stream.ratings[place]
            // Within a second they keep their order.
            let clock = UInt64(rating.time) * 1000 << 20 | UInt64(place & 0xF_FFFF)
            return .said(
                dataset.users[rating.user],
                RatingUpdate(
                    item: dataset.items[rating.item], rating: dataset.scale.value(of: rating.code),
                    version: RatingVersion(clock: clock, origin: 0)))
        })
        known = max(known, count)
        return live.state
    }

    /// An arm that learns what the stream says as a worker would.
    package func arm(_ scorer: any ItemScorer) -> OnlineArm {
        OnlineArm(name: "online") { [self] count in
            let state = state(first: count)
            Self.refresh(scorer, by: state)
            return scorer.following(state)
        }
    }

    private static func refresh(_ scorer: any ItemScorer, by state: LiveState) {
        if let scorer = scorer as? ImplicitALSRecommender { scorer.live?.refresh(by: state) }
        if let scorer = scorer as? BlendRecommender { for part in scorer.parts { refresh(part.scorer, by: state) } }
    }
}
