import Recommenders
import Testing

@Suite struct LiveProfileTests {
    @Test(arguments: 0..<100 as Range<UInt64>) func endsTheSameInAnyOrderAndWithAnyRepetition(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let updates = try (0..<30).map { count in
            RatingUpdate(
                item: try ItemID("\(Int.random(in: 0..<6, using: &generator))"),
                change: [.removed, .dismissed, .rated(1), .rated(5)].randomElement(using: &generator) ?? .removed,
                version: RatingVersion(clock: UInt64.random(in: 0..<10, using: &generator), origin: UInt32(count)))
        }
        var expected: [ItemID: RatingUpdate] = [:]
        for update in updates.sorted(by: { $0.version < $1.version }) { expected[update.item] = update }

        let repeated = (updates + updates.shuffled(using: &generator).prefix(15)).shuffled(using: &generator)
        let profile = LiveProfile(repeated)
        #expect(profile.updates == expected)
        #expect(profile == LiveProfile(updates.shuffled(using: &generator)))
        #expect(profile.version == updates.map(\.version).max())
    }

    @Test func saysWhetherItLearnedAnything() throws {
        var profile = LiveProfile()
        #expect(profile.version == nil)
        let first = RatingUpdate(item: try ItemID("a"), rating: 3, version: RatingVersion(milliseconds: 5, origin: 1))
        let takenBack = RatingUpdate(item: try ItemID("a"), rating: nil, version: RatingVersion(milliseconds: 5, origin: 2))
        let dismissed = RatingUpdate(item: first.item, change: .dismissed, version: RatingVersion(milliseconds: 6, origin: 1))
        let learned = [first, first, takenBack, first, dismissed, takenBack].map { profile.apply($0) }
        #expect(learned == [true, false, true, false, true, false])
        #expect(profile.updates == [first.item: dismissed] && dismissed.rating == nil)
    }
}
