import Testing

@testable import Recommenders

struct FactorRefreshTests {
    static let dimensions = 8

    /// A model of the file's rated items, as if it had been trained.
    static func model(of dataset: Dataset, seed: UInt64) -> ImplicitALSRecommender {
        let unrated = (0..<UInt32(dataset.items.count)).filter { dataset.ratings.column(Int($0)).isEmpty }
        return FactorSample(seed: seed, items: dataset.items.count, dimensions: dimensions, unrated: Set(unrated)).recommender()
            .followingRatings(since: dataset.ratings)
    }

    /// Some items nobody rated before.
    static func sample(_ seed: UInt64) throws -> LiveSample {
        try LiveSample(seed: seed, users: 50, items: 40, density: 0.04, words: 200, isFile: false)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>) func equalsTheObviousWay(seed: UInt64) throws {
        let sample = try Self.sample(seed)
        let state = sample.live().state
        let model = Self.model(of: sample.base, seed: seed)
        for sweeps in 1...2 {
            let naive = NaiveFactorRefresh(model: model, file: sample.base.ratings, state: state, sweeps: sweeps)
            let refreshed = try #require(
                FactorRefresh(model, ratings: sample.base.ratings).refreshed(by: state, sweeps: sweeps))
            #expect(refreshed.itemCount > 20 && refreshed.addedItemCount > 0)
            #expect(Set(refreshed.factors.items) == Set(naive.refreshed.keys))
            let recommender = model.refreshed(by: refreshed, itemCount: state.itemCount)
            for (item, expected) in naive.refreshed {
                let (factors, place) = try #require(recommender.place(of: item))
                let row = factors.row(place)
                #expect(zip(row, expected).allSatisfy { abs(Double($0) - $1) < 1e-3 }, "item \(item)")
            }
            #expect(zip(refreshed.factors.gram, naive.gram).allSatisfy { abs(Double($0) - $1) < 1e-2 })
        }
    }

    @Test func doesNotDependOnOrderBatchesAndThreads() throws {
        let sample = try Self.sample(4)
        let refresh = FactorRefresh(Self.model(of: sample.base, seed: 4), ratings: sample.base.ratings)
        let expected = try #require(refresh.refreshed(by: sample.live().state, threads: 1)).factors
        for seed in 1...3 as ClosedRange<UInt64> {
            #expect(refresh.refreshed(by: sample.live(seed: seed).state, threads: Int(seed))?.factors == expected)
        }
        let known = sample.words.filter { word in
            guard case .said(let user, let update) = word else { return false }
            return sample.base.users.index(of: user) != nil && sample.base.items.index(of: update.item) != nil
        }
        let factors = [known, known.reversed()].map { words -> ItemFactors? in
            let live = LiveRatings(over: sample.base)
            live.apply(words)
            return refresh.refreshed(by: live.state)?.factors
        }
        #expect(factors[0] == factors[1] && factors[0] != expected)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func listsAreThoseOfAllScores(seed: UInt64) throws {
        let sample = try Self.sample(seed)
        let state = sample.live().state
        let model = Self.model(of: sample.base, seed: seed)
        let factors = FactorSample(seed: seed, items: state.itemCount, dimensions: Self.dimensions)
        #expect(model.live?.current == nil)
        let before = try #require(model.following(state) as? ImplicitALSRecommender)
        #expect(before.itemCount == state.itemCount && before.refreshed == nil)
        #expect(model.live?.refresh(by: state) == true && model.live?.refresh(by: state) == false)
        let recommender = try #require(model.following(state) as? ImplicitALSRecommender)
        var newItems = 0
        for user in sample.everybody {
            let profile = state.profile(of: user, overlaidWith: LiveProfile())
            for filter in [nil, factors.filter(every: 3)] {
                let best = try recommender.best(7, for: profile, filter: filter)
                #expect(best == factors.bestOfAll(7, recommender, profile, filter))
                newItems += best.count { $0.element >= sample.base.items.count }
            }
            // What is worked out may be ahead of what is asked for.
            let file = try #require(model.refreshed(by: model.live?.current, itemCount: model.itemCount) as ImplicitALSRecommender?)
            let known = profile.restricted(to: model.itemCount)
            let best = try file.best(7, for: known, filter: nil)
            #expect(best.allSatisfy { $0.element < model.itemCount } && best == factors.bestOfAll(7, file, known, nil))
        }
        #expect(newItems > 0)
    }

    @Test func canBeStopped() throws {
        let sample = try Self.sample(7)
        let model = Self.model(of: sample.base, seed: 7)
        let state = sample.live().state
        #expect(model.live?.refresh(by: state) { true } == false && model.live?.current == nil)
        #expect(model.live?.refresh(by: state) == true && model.live?.current != nil)
    }

    @Test func nothingNewChangesNothing() throws {
        let sample = try Self.sample(5)
        let model = Self.model(of: sample.base, seed: 5)
        let live = LiveRatings(over: sample.base)
        #expect(model.live?.refresh(by: live.state) == false)
        // A rating that the file has already was trained with.
        let (user, place) = (sample.base.users[0], sample.base.ratings.row(0).lowerBound)
        let item = sample.base.items[sample.base.ratings.items[place]]
        live.apply([.said(user, RatingUpdate(item: item, rating: 1, version: RatingVersion(milliseconds: 9_000_000, origin: 1)))])
        #expect(model.live?.refresh(by: live.state) == true)
        #expect(model.live?.current?.itemCount == 0)
        #expect(model.live?.current?.factors.gram == model.factors.gram)
    }

    @Test func ratersOfNewItemsMoveThemTowardsWhatTheyLike() throws {
        let sample = try Self.sample(6)
        let model = Self.model(of: sample.base, seed: 6)
        let live = LiveRatings(over: sample.base)
        let item = try ItemID("brand new")
        let fans = (0..<50).filter { sample.base.ratings.row($0).count > 0 }.prefix(12)
        live.apply(
            fans.map {
                .said(
                    sample.base.users[UInt32($0)],
                    RatingUpdate(item: item, rating: 5, version: RatingVersion(milliseconds: 9_000_000, origin: 1)))
            })
        model.live?.refresh(by: live.state)
        let recommender = model.following(live.state)
        let number = try #require(live.state.index(of: item))
        var scores = [Float](repeating: 0, count: recommender.itemCount)
        var ranks: [Int] = []
        for fan in fans {
            let profile = sample.base.ratings.profile(of: fan)
            #expect(scores.withUnsafeMutableBufferPointer { recommender.answer(profile, into: $0) })
            ranks.append(scores.count { $0 > scores[Int(number)] })
        }
        #expect(ranks.reduce(0, +) < ranks.count * scores.count / 4)
    }
}

extension ItemFactors {
    func row(_ place: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: dimensions) { row, filled in
            copyFactors(at: place, to: UnsafeMutableBufferPointer(rebasing: row[..<dimensions]))
            filled = dimensions
        }
    }
}
