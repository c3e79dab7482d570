import Recommenders
import Testing

@Suite struct ProfileTests {
    private func profile(using generator: inout SeededGenerator) -> Profile {
        let items = (0..<40).filter { _ in Bool.random(using: &generator) } as [UInt32]
        return Profile(
            items: items, codes: items.map { _ in UInt8.random(in: 1...10, using: &generator) },
            times: items.map { _ in UInt32.random(in: 0...4, using: &generator) * (.max / 4) })
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func ranksByHowManyAreLater(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let profile = profile(using: &generator)
        #expect(profile.recencyRanks == profile.times.map { time in profile.times.count { $0 > time } })
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func findsTheCodeOfAnItem(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let profile = profile(using: &generator)
        let codes = Dictionary(uniqueKeysWithValues: zip(profile.items, profile.codes))
        for item in 0..<50 as Range<UInt32> { #expect(profile.code(of: item) == codes[item]) }
        #expect(profile.code(of: .max) == nil)
    }

    @Test func holdsAllAlikeWhereNoTimeIsKnown() {
        let profile = Profile(items: [1, 5, 9], codes: [3, 3, 3])
        #expect(profile.times == [0, 0, 0] && profile.recencyRanks == [0, 0, 0])
        #expect(Recency(halfLife: 5).weights(of: profile) == [1, 1, 1])
        #expect(Profile(items: [], codes: []).recencyRanks.isEmpty && Profile(items: [], codes: []).isEmpty)
    }

    @Test func weighsALateRatingMore() {
        let profile = Profile(items: [1, 5, 9, 12], codes: [3, 3, 3, 3], times: [10, 30, 20, 20])
        #expect(profile.recencyRanks == [3, 0, 1, 1])
        #expect(Recency(halfLife: 1).weights(of: profile) == [0.25, 1, 0.5, 0.5])
        #expect(Recency(halfLife: 2).weights(of: profile) == [0.4, 1, Float(2.0 / 3), Float(2.0 / 3)])
        #expect(Recency.none.weights(of: profile) == [1, 1, 1, 1])
    }
}
