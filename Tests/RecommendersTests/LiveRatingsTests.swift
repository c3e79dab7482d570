import Dispatch
import Synchronization
import Testing

@testable import Recommenders

@Suite struct LiveRatingsTests {
    @Test(arguments: 0..<24 as Range<UInt64>) func holdsWhatARebuiltFileHolds(seed: UInt64) throws {
        let sample = try LiveSample(seed: seed, isFile: seed % 2 == 0, hasTimes: seed % 4 < 3)
        let (state, rebuilt) = (sample.live(seed: seed).state, sample.rebuilt)
        var found: CompactionSample.Ratings = [:]
        for user in 0..<UInt32(state.userCount) {
            var count = 0
            var last: UInt32?
            state.forEachRating(ofUser: user) { item, code, time in
                #expect(last.map { $0 < item } ?? true)
                last = item
                count += 1
                found[state.user(user).rawValue, default: [:]][state.item(item).rawValue] = (code, time)
            }
            #expect(state.ratingCount(ofUser: user) == count)
        }
        #expect(areEqual(found, ratings(of: rebuilt)))
        // Whoever and whatever has ratings stands in the same order.
        #expect(
            (0..<UInt32(state.userCount)).filter { state.ratingCount(ofUser: $0) > 0 }.map { state.user($0) }
                == Array(rebuilt.users.ids))
        let items = (0..<UInt32(state.itemCount)).filter { $0 < sample.base.items.count || state.ratingCount(ofItem: $0) > 0 }
        #expect(items.map { state.item($0) } == Array(rebuilt.items.ids))
        #expect(items.map { state.entry(of: $0) } == Array(rebuilt.catalogue.entries))
        for (place, item) in items.enumerated() {
            var column: [(String, UInt8)] = []
            state.forEachRating(ofItem: item) { column.append((state.user($0).rawValue, $1)) }
            let expected = rebuilt.ratings.column(place).map {
                (rebuilt.users[rebuilt.ratings.users[$0]].rawValue, rebuilt.ratings.columnCodes[$0])
            }
            #expect(column.elementsEqual(expected) { $0 == $1 })
            #expect(state.ratingCount(ofItem: item) == expected.count)
        }
    }

    @Test(arguments: 30..<40 as Range<UInt64>) func orderAndRepetitionMakeNoDifference(seed: UInt64) throws {
        let sample = try LiveSample(seed: seed, isFile: false)
        var generator = SeededGenerator(seed)
        let once = sample.live().state
        let live = LiveRatings(over: sample.base)
        for _ in 0..<3 { sample.apply(sample.words.shuffled(using: &generator), to: live, &generator) }
        let other = live.state
        #expect((once.size.ratings, once.size.users, once.size.votes) == (other.size.ratings, other.size.users, other.size.votes))
        #expect((once.size.newUsers, once.size.newItems) == (other.size.newUsers, other.size.newItems))
        #expect(once.size.removedUsers == other.size.removedUsers)
        for user in sample.everybody {
            let profiles = [once, other].map { state in
                let profile = state.profile(of: user, overlaidWith: LiveProfile())
                return Dictionary(
                    uniqueKeysWithValues: profile.items.indices.map {
                        (state.item(profile.items[$0]), [UInt32(profile.codes[$0]), profile.times[$0]])
                    })
            }
            #expect(profiles[0] == profiles[1])
        }
        // Now there is nothing new in it.
        let version = live.state.version
        live.apply(sample.words)
        #expect(live.state.version == version)
    }

    @Test func leavesOutWhatIsBeyondItsLimits() throws {
        let sample = try LiveSample(seed: 3, isFile: false)
        let size = sample.live(limits: LiveLimits(ratings: 100, users: 4, items: 2)).size
        #expect(size.ratings == 100 && size.newUsers == 4 && size.newItems == 2)
        #expect(size.refused > 100)
        let all = sample.live().size
        #expect(all.refused == 0 && all.ratings > 300 && all.bytes > 24 * all.ratings)
    }

    /// What has a place keeps it: the newest word on an item is heeded however full it is.
    @Test func fullOfRatingsItStillHeedsChanges() throws {
        let base = try RandomDataset.make(users: 3, items: 3, density: 0.5, seed: 1)
        let live = LiveRatings(over: base, limits: LiveLimits(ratings: 1, users: 1, items: 1))
        let (user, item) = (try UserID("new"), try ItemID("0"))
        func word(_ value: Double, _ item: ItemID, at milliseconds: UInt64) -> LiveWord {
            .said(user, RatingUpdate(item: item, rating: value, version: RatingVersion(milliseconds: milliseconds, origin: 1)))
        }
        live.apply([word(2, item, at: 5000), word(3, try ItemID("1"), at: 5000), word(4, item, at: 6000)])
        #expect(live.state.profile(of: user, overlaidWith: LiveProfile()).codes == [8])
        #expect(live.size.ratings == 1 && live.size.refused == 1)
        live.apply([.removed(user), word(5, item, at: 9000)])
        #expect(live.size.ratings == 0 && live.size.removedUsers == 1)
        #expect(live.state.profile(of: user, overlaidWith: LiveProfile()).isEmpty)
    }

    /// Every batch rates two new items, so that who sees one of them sees both.
    @Test func nobodySeesHalfABatch() throws {
        let base = try RandomDataset.make(users: 30, items: 10, density: 0.5, seed: 2)
        let live = LiveRatings(over: base)
        let items = [try ItemID("x"), try ItemID("y")]
        let isDone = Atomic(false)
        let torn = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 3) { worker in
            guard worker > 0 else {
                for number in 0..<400 {
                    live.apply(
                        items.map { item in
                            .said(
                                UserID(checked: "v\(number)"),
                                RatingUpdate(item: item, rating: 3, version: RatingVersion(milliseconds: 5000, origin: 1)))
                        })
                }
                isDone.store(true, ordering: .relaxed)
                return
            }
            while !isDone.load(ordering: .relaxed) {
                live.reading { state in
                    let counts = items.map { item in state.index(of: item).map { state.ratingCount(ofItem: $0) } ?? 0 }
                    if counts[0] != counts[1] { torn.add(1, ordering: .relaxed) }
                }
            }
        }
        #expect(torn.load(ordering: .relaxed) == 0)
        #expect(live.state.index(of: items[0]).map { live.state.ratingCount(ofItem: $0) } == 400)
    }
}
